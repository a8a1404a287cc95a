/** Turns what players earn into transfers, each derived from its row so that it is booked once. */
import {
  AccountCode,
  AccountRequest,
  deriveTransferId,
  type LinkedSet,
  PostTransfer,
  ReasonCode
} from "../ledger/index.ts"
import { Asset } from "../money/index.ts"
import type { Accrual, PlayerId } from "./Accrual.ts"

const prefixOf = (dryRun: boolean): string => dryRun ? "dry_run:" : ""

/** What the operator has promised so far. */
export const expenseAccount = (dryRun: boolean): AccountCode => AccountCode.make(`${prefixOf(dryRun)}rewards:expense`)

/** What a player has earned and not been paid. */
export const earnedAccount = (playerId: PlayerId, dryRun: boolean): AccountCode =>
  AccountCode.make(`${prefixOf(dryRun)}player:${playerId}:earned`)

/** How they are opened: nobody is paid more than was earned. */
export const accountRequests = (playerId: PlayerId, dryRun: boolean): ReadonlyArray<AccountRequest> => [
  new AccountRequest({
    code: expenseAccount(dryRun),
    asset: Asset.BAN.code,
    normalSide: "debit",
    balanceRule: "credits_at_most_debits"
  }),
  new AccountRequest({
    code: earnedAccount(playerId, dryRun),
    asset: Asset.BAN.code,
    normalSide: "credit",
    balanceRule: "debits_at_most_credits"
  })
]

/**
 * The debt of a row, to be committed with it and with the cursor. A row that is divided was booked before: its parts are
 * not. A rate of zero earns nothing, and nothing is booked.
 */
export const accrued = (accrual: Accrual, dryRun: boolean): LinkedSet =>
  accrual.amountMinor === 0n ? [] : [
    new PostTransfer({
      id: deriveTransferId("accrual", dryRun ? "dry_run" : "real", accrual.id),
      debit: expenseAccount(dryRun),
      credit: earnedAccount(accrual.playerId, dryRun),
      asset: Asset.BAN.code,
      amountMinor: accrual.amountMinor,
      reason: ReasonCode.make("rewards.accrued"),
      reference: accrual.id,
      idempotencyKey: null,
      effectiveAtMillis: null,
      metadata: { kills: String(accrual.kills) },
      reverses: null
    })
  ]
