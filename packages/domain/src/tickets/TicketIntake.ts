/** Turns money that arrives into tickets and postings. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { AccountError, LedgerError, LedgerStore } from "../ledger/index.ts"
import type { Outbox } from "../outbox/index.ts"
import type { Observation, PaymentState, PaymentStore, Scan } from "../payments/index.ts"
import type { Difference } from "../reconciliation/index.ts"
import type { StorageError, Transaction } from "../transaction/index.ts"
import { accountRequests, accounts } from "./accounts.ts"
import { applyScan } from "./intake/applyScan.ts"
import { reconcile } from "./intake/reconcile.ts"
import { type Ports, ports } from "./ports.ts"
import { BooksOfAnotherWallet } from "./TicketError.ts"
import { TicketSettings } from "./TicketSettings.ts"
import type { TicketStore } from "./TicketStore.ts"

/** What one scan changed. `changes` counts payments by the state that they came to. */
export interface IntakeReport {
  readonly changes: Readonly<Record<PaymentState, number>>
  readonly transfers: number
  /** Why nothing was credited although payments were read: the wallet is ahead of the daemon. */
  readonly creditingPaused: boolean
}

/** What the wallet says it holds: every incoming payment it lists, and its balance without the pool, in piconero. */
export interface WalletFigures {
  readonly payments: ReadonlyArray<Observation>
  readonly balanceMinor: bigint
}

/** The use cases of money coming in. */
export class TicketIntake extends Context.Service<TicketIntake, {
  /**
   * Opens the accounts that it posts to; refuses books that were begun with another wallet. Idempotent; call it once before
   * the first scan.
   */
  readonly books: Effect.Effect<void, BooksOfAnotherWallet | AccountError | StorageError>
  /**
   * Takes one scan in: payments, postings, ticket sums, events and the cursor commit together. Idempotent. A
   * `LedgerError` means that the books refuse what the rail shows; nothing was changed and an operator must look.
   */
  readonly apply: (scan: Scan) => Effect.Effect<IntakeReport, LedgerError | StorageError>
  /**
   * Holds the books against the wallet, up to the block that was last read; one row a difference, none when sound.
   * Rows are called `account:CODE` and `payment:KEY`; the wallet is what is expected.
   */
  readonly reconcile: (wallet: WalletFigures) => Effect.Effect<ReadonlyArray<Difference>, StorageError>
}>()("@purser/domain/tickets/TicketIntake") {
  /** The use cases on the stores at hand. */
  static readonly layer: Layer.Layer<
    TicketIntake,
    never,
    LedgerStore | Outbox | PaymentStore | TicketSettings | TicketStore | Transaction
  > = Layer.effect(
    TicketIntake,
    Effect.gen(function*() {
      const at = yield* ports
      const settings = yield* TicketSettings
      const { atomically } = at.transaction
      return {
        books: openBooks(at, settings.primaryAddress),
        apply: (scan) => atomically(applyScan(at, settings, scan)),
        reconcile: (wallet) => atomically(reconcile(at, wallet))
      }
    })
  )
}

const isOtherWallet = ({ code, field }: AccountError): boolean => code === accounts.wallet && field === "metadata"

const openBooks = (
  { ledger }: Ports,
  primaryAddress: string
): Effect.Effect<void, BooksOfAnotherWallet | AccountError | StorageError> =>
  Effect.flatMap(
    ledger.openAccounts(accountRequests(primaryAddress)),
    (answers) =>
      Effect.forEach(answers, (answer) =>
        Effect.mapError(
          Effect.fromResult(answer),
          (error) => isOtherWallet(error) ? new BooksOfAnotherWallet() : error
        ), { discard: true })
  )
