/** Takes one scan in: decides, books, sums up, tells, and moves the cursor. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { LedgerError, LinkedSet } from "../../ledger/index.ts"
import {
  type ConfirmationPolicy,
  type Observation,
  type Payment,
  type PaymentKey,
  PaymentRules,
  type PaymentState,
  type Scan
} from "../../payments/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import type { Ports } from "../ports.ts"
import { postingsOf } from "../postings.ts"
import { Id8 } from "../Ticket.ts"
import type { IntakeReport } from "../TicketIntake.ts"
import { paymentEvents, type TicketChange, ticketEvents } from "./events.ts"

/** Sets that are booked in one call, so that one large scan does not make one huge statement. */
const setsPerPost = 250

const isId8 = Schema.is(Id8)

/** One observation a payment: the one in a block where the wallet shows both; ids that no ticket can have are no target. */
const distinct = (seen: ReadonlyArray<Observation>): ReadonlyMap<PaymentKey, Observation> => {
  const byKey = new Map<PaymentKey, Observation>()
  for (const observation of seen) {
    if ((byKey.get(observation.key)?.height ?? null) !== null) continue
    byKey.set(observation.key, { ...observation, target: isId8(observation.target) ? observation.target : null })
  }
  return byKey
}

const decide = (
  scan: Scan,
  known: ReadonlyMap<PaymentKey, Payment>,
  outlook: PaymentRules.Outlook
): ReadonlyArray<PaymentRules.PaymentChange> => {
  const seen = distinct(scan.seen)
  const gone = [...new Set(scan.vanished)].flatMap((key) => seen.has(key) ? [] : known.get(key) ?? [])
  return [
    ...gone.map((payment) => PaymentRules.vanish(payment, outlook.atMillis)),
    ...[...seen.values()].map((observation) => PaymentRules.observe(known.get(observation.key), observation, outlook))
  ].filter((change) => change !== undefined)
}

interface TicketWork {
  readonly deltaMinor: bigint
  /** Whether credited money came or went, even where the sum stays. */
  readonly isTouched: boolean
}

const creditedTo = (payment: Payment | undefined): ReadonlyArray<readonly [Id8, TicketWork]> => {
  if (payment === undefined || !isId8(payment.target) || payment.withheldReason === "own_change") return []
  const isTouched = payment.bookedAs === "credited"
  return [[payment.target, { deltaMinor: isTouched ? payment.amountMinor : 0n, isTouched }]]
}

const concernsTicket = ({ after, before }: PaymentRules.PaymentChange): boolean =>
  before === undefined || before.target !== after.target || before.withheldReason !== after.withheldReason ||
  before.bookedAs === "credited" || after.bookedAs === "credited"

/** What each ticket gets, in the order of ids: the order in which tickets are locked everywhere. */
const ticketWork = (changes: ReadonlyArray<PaymentRules.PaymentChange>): ReadonlyArray<readonly [Id8, TicketWork]> => {
  const work = new Map<Id8, TicketWork>()
  const add = (id8: Id8, deltaMinor: bigint, isTouched: boolean): void => {
    const had = work.get(id8) ?? { deltaMinor: 0n, isTouched: false }
    work.set(id8, { deltaMinor: had.deltaMinor + deltaMinor, isTouched: had.isTouched || isTouched })
  }
  for (const { after, before } of changes.filter(concernsTicket)) {
    for (const [id8, { deltaMinor, isTouched }] of creditedTo(before)) add(id8, -deltaMinor, isTouched)
    for (const [id8, { deltaMinor, isTouched }] of creditedTo(after)) add(id8, deltaMinor, isTouched)
  }
  return [...work].sort(([left], [right]) => left < right ? -1 : 1)
}

const writeTickets = Effect.fnUntraced(function*(
  { tickets }: Ports,
  changes: ReadonlyArray<PaymentRules.PaymentChange>,
  atMillis: number
) {
  const written: Array<TicketChange> = []
  for (const [id8, { deltaMinor, isTouched }] of ticketWork(changes)) {
    yield* tickets.ensure(id8, atMillis)
    if (!isTouched) continue
    const before = Option.getOrThrow(yield* tickets.byId8(id8))
    written.push({ before, after: yield* tickets.credit(id8, deltaMinor) })
  }
  return written
})

const postAll = Effect.fnUntraced(function*({ ledger }: Ports, sets: ReadonlyArray<LinkedSet>) {
  for (let from = 0; from < sets.length; from += setsPerPost) {
    const outcomes = yield* ledger.post(sets.slice(from, from + setsPerPost))
    for (const outcome of outcomes) yield* Effect.fromResult(outcome)
  }
  return sets.reduce((count, set) => count + set.length, 0)
})

const none: Readonly<Record<PaymentState, number>> = { seen: 0, confirming: 0, credited: 0, withheld: 0, orphaned: 0 }

const countStates = (changes: ReadonlyArray<PaymentRules.PaymentChange>): IntakeReport["changes"] =>
  changes.filter(({ after, before }) => before?.state !== after.state)
    .reduce((counts, { after }) => ({ ...counts, [after.state]: counts[after.state] + 1 }), none)

/** Must run in a transaction. Tickets are locked before accounts, as a claim does. */
export const applyScan = Effect.fnUntraced(function*(
  ports: Ports,
  policy: ConfirmationPolicy,
  scan: Scan
): Effect.fn.Return<IntakeReport, LedgerError | StorageError> {
  const atMillis = yield* Clock.currentTimeMillis
  const creditingPaused = scan.walletHeight > scan.daemonHeight
  const outlook = { policy, walletHeight: scan.walletHeight, isCreditingPaused: creditingPaused, atMillis }
  const keys = [...scan.seen.map(({ key }) => key), ...scan.vanished]
  const known = new Map((yield* ports.payments.byKeys("monero", keys)).map((payment) => [payment.key, payment]))
  const changes = decide(scan, known, outlook)
  const tickets = yield* writeTickets(ports, changes, atMillis)
  const claimed = new Set<string | null>(
    tickets.filter(({ after }) => after.claim !== null).map(({ after }) => after.id8)
  )
  const sets = changes.map((change) => postingsOf(change, (target) => claimed.has(target)))
  const transfers = yield* postAll(ports, sets.filter((set) => set.length > 0))
  yield* ports.payments.save(changes.map(({ after }) => after))
  const events = [...changes.flatMap(paymentEvents), ...tickets.flatMap((ticket) => ticketEvents(ticket, atMillis))]
  yield* ports.outbox.append(events)
  yield* ports.payments.setCursor("monero", scan.readUpTo)
  return { changes: countStates(changes), transfers, creditingPaused }
})
