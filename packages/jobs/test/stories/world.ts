/** Sets up the books, the tickets and the monitor of one story, on whatever chain and stores there are. */
import { assert } from "@effect/vitest"
import { AccountCode, LedgerStore } from "@purser/domain/ledger"
import {
  type Id8,
  PaymentId,
  Scrypt,
  type ServiceToken,
  ticketFileOf,
  TicketIntake,
  Tickets,
  TicketSettings,
  TokenKeys
} from "@purser/domain/tickets"
import { Fencing, MonitorHealth, MonitorMonero, type Term } from "@purser/jobs"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { createHash, scrypt } from "node:crypto"
import { Chain, type Sending } from "../chain/Chain.ts"

/** 0.01 XMR, what a ticket costs in stories. */
export const priceMinor = 10_000_000_000n
/** How deep a payment must be in stories. */
export const confirmations = 10

/** scrypt of the host, off the event loop. */
export const scryptNode = Layer.succeed(Scrypt, {
  derive: (password, salt) =>
    Effect.callback<Uint8Array>((resume) =>
      scrypt(
        password,
        salt,
        8,
        { N: 2 ** 14, r: 8, p: 1 },
        (error, key) => resume(error ? Effect.die(error) : Effect.succeed(new Uint8Array(key)))
      )
    )
})

/** A quick stand-in where thousands of ids are derived and the slowness is not the point. */
export const scryptQuick = Layer.succeed(Scrypt, {
  derive: (password, salt) =>
    Effect.sync(() => new Uint8Array(createHash("sha256").update(password).update(salt).digest().subarray(0, 8)))
})

const settings = Layer.effect(
  TicketSettings,
  Effect.map(Chain, ({ network, primaryAddress }) => ({
    network,
    primaryAddress,
    requiredMinor: priceMinor,
    confirmations,
    confirmationTiers: [],
    scryptWithIdConcurrency: 2,
    scryptWithoutIdConcurrency: 1,
    scryptQueue: 100
  }))
)

const keys = TokenKeys.layer({ id: "story", secret: Redacted.make(new Uint8Array(32).fill(7)) })

/** The use cases over the stores and the chain at hand. */
export const useCases = Layer.mergeAll(TicketIntake.layer, Tickets.layer).pipe(
  Layer.provideMerge(Layer.mergeAll(settings, keys, MonitorHealth.layer()))
)

/** A ticket that somebody holds. */
export interface Held {
  readonly pid: PaymentId
  readonly id8: Id8
}

/** The secret whose bytes are derived from a name, and its id at this wallet. */
export const ticket = Effect.fnUntraced(function*(name: string) {
  const { primaryAddress } = yield* Chain
  const hex = createHash("sha256").update(name).digest("hex")
  const pid = yield* Effect.fromResult(PaymentId.parse(hex))
  const file = Option.getOrThrow(yield* ticketFileOf(pid, { primaryAddress }))
  return { pid, id8: file.payment_id }
})

/** Pays a ticket with one output. */
export const payTicket = (
  { id8 }: Held,
  amountMinor: bigint = priceMinor,
  rest: Omit<Sending, "outputs"> = {}
) => Chain.use((chain) => chain.pay({ outputs: [{ id8, amountMinor }], ...rest }))

/** Redeems with the id, as clients do. */
export const redeem = ({ id8, pid }: Held) => Tickets.use((tickets) => tickets.redeem({ pid, id8: Option.some(id8) }))

/** Fails unless the books say what the wallet says, and hold in themselves. */
export const assertSound = Effect.gen(function*() {
  const { startHeight } = yield* Chain
  const intake = yield* TicketIntake
  const ledger = yield* LedgerStore
  const figures = yield* MonitorMonero.walletFigures(startHeight)
  assert.deepStrictEqual(yield* intake.reconcile(figures), [])
  assert.deepStrictEqual((yield* ledger.verify).discrepancies, [])
})

/** Opens the books and takes a term. */
export const openOffice = Effect.gen(function*() {
  const fencing = yield* Fencing
  const term = yield* fencing.take(MonitorMonero.name)
  yield* term.guard(TicketIntake.use((intake) => intake.books))
  return term
})

/** One look of the monitor; the books must be sound after it. */
export const lookOnce = Effect.fnUntraced(function*(term: Term) {
  const { startHeight } = yield* Chain
  const report = yield* MonitorMonero.tick(term, startHeight)
  yield* assertSound
  return report
})

/** What an account stands at on its own side, in piconero; 0 where there is none. */
export const balanceOf = (code: string) =>
  LedgerStore.use((ledger) =>
    Effect.map(
      ledger.account(AccountCode.make(code)),
      Option.match({
        onNone: () => 0n,
        onSome: ({ creditsPostedMinor, debitsPostedMinor, normalSide }) =>
          normalSide === "credit" ? creditsPostedMinor - debitsPostedMinor : debitsPostedMinor - creditsPostedMinor
      })
    )
  )

/** How the token of a redemption stands. */
export const statusOf = (token: ServiceToken) => Tickets.use((tickets) => tickets.tokenStatus(token))

/** Redeems, and fails the story unless a token comes out. */
export const redeemed = (held: Held) =>
  Effect.flatMap(
    redeem(held),
    (answer) => answer._tag === "Redeemed" ? Effect.succeed(answer) : Effect.die(new Error(`still ${answer.state}`))
  )
