/** Draws things to do with each store. All draws are made before anything is done: it is done in several places. */
import { AuditLog } from "@purser/domain/audit"
import { IdempotencyStore } from "@purser/domain/idempotency"
import { Outbox, OutboxEvent } from "@purser/domain/outbox"
import { PaymentKey, PaymentState, PaymentStore, Rail } from "@purser/domain/payments"
import { TicketStore } from "@purser/domain/tickets"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { entry } from "../audit/auditSuite.ts"
import { scope } from "../idempotency/idempotencySuite.ts"
import { payment } from "../payments/paymentSuite.ts"
import { claimOf, idOf, revocationOf } from "../tickets/ticketSuite.ts"
import type { Draws } from "./draws.ts"
import { perhapsInTransaction, type Step } from "./wander.ts"

const times = <A>(count: number, make: (index: number) => A): ReadonlyArray<A> =>
  Array.from({ length: count }, (_, index) => make(index))

/** Seven tickets that are paid, claimed, revoked and reversed. The databases keep what memory does not: none goes below 0. */
export const ticketStep = (draws: Draws): Step => {
  const name = `walk/${draws.below(7)}`
  const id8 = idOf(name)
  const claim = claimOf(`${name}/${draws.below(3)}`, { keyId: draws.oneOf([null, "a"]) })
  const amountMinor = BigInt(draws.below(9)) - 4n
  const required = BigInt(draws.below(6))
  const seenAtMillis = draws.below(1000)
  const revocation = revocationOf(draws.oneOf([null, "abuse"]), draws.below(100), draws.below(1000))
  const credit = TicketStore.use((tickets) =>
    Effect.flatMap(tickets.byId8(id8), (found) =>
      Option.isSome(found) && found.value.creditedMinor + amountMinor >= 0n
        ? tickets.credit(id8, amountMinor)
        : Effect.void)
  )
  return perhapsInTransaction(
    draws,
    draws.oneOf<Step>([
      TicketStore.use((tickets) => tickets.ensure(id8, seenAtMillis)),
      credit,
      credit,
      TicketStore.use((tickets) => tickets.claim(id8, claim, required)),
      TicketStore.use((tickets) => tickets.revoke(claim.tokenHash, revocation)),
      TicketStore.use((tickets) => tickets.byId8(id8)),
      TicketStore.use((tickets) => tickets.byCommitment(claim.commitment)),
      TicketStore.use((tickets) => tickets.byTokenHash(claim.tokenHash))
    ])
  )
}

const randomPayment = (draws: Draws) => {
  const height = draws.oneOf([null, draws.below(100)])
  return payment(`walk/${draws.below(12)}`, {
    rail: draws.oneOf(Rail.literals),
    target: draws.oneOf([null, "to a", "to b"]),
    amountMinor: BigInt(1 + draws.below(100)),
    state: draws.oneOf(PaymentState.literals),
    withheldReason: draws.oneOf([null, "own_change"]),
    bookedAs: draws.oneOf(["nothing", "received", "credited", "withheld"]),
    reversals: draws.below(3),
    height,
    doubleSpendSeen: draws.below(2) === 0,
    firstSeenAtMillis: draws.below(5)
  })
}

const byKey = <A extends { readonly key: string }>(rows: ReadonlyArray<A>): ReadonlyArray<A> =>
  rows.toSorted((left, right) => left.key < right.key ? -1 : 1)

/** Twelve payments on every rail. */
export const paymentStep = (draws: Draws): Step => {
  const rail = draws.oneOf(Rail.literals)
  const keys = times(draws.below(6), () => PaymentKey.make(`walk/${draws.below(12)}`))
  const payments = times(draws.below(5), () => randomPayment(draws))
  const state = draws.oneOf(PaymentState.literals)
  const height = draws.below(100)
  const limit = 1 + draws.below(8)
  const target = draws.oneOf(["to a", "to b", "to nobody"])
  return perhapsInTransaction(
    draws,
    draws.oneOf<Step>([
      PaymentStore.use((store) => store.save(payments)),
      PaymentStore.use((store) => store.save(payments)),
      PaymentStore.use((store) => Effect.map(store.byKeys(rail, keys), byKey)),
      PaymentStore.use((store) => store.byTarget(rail, target)),
      PaymentStore.use((store) => store.unsettled(rail, height)),
      PaymentStore.use((store) => store.inState(rail, state, limit)),
      PaymentStore.use((store) => store.setCursor(rail, height)),
      PaymentStore.use((store) => store.cursor(rail))
    ])
  )
}

/** Four keys and two requests, over leases that end. What was begun is answered, given up or left. */
export const idempotencyStep = (draws: Draws): Step => {
  const at = scope(`walk/${draws.below(4)}`)
  const requestHash = draws.oneOf(["ab", "cd"]).repeat(32)
  const request = { requestHash, atMillis: draws.below(300), leaseMillis: 1 + draws.below(100) }
  const ending = draws.below(4)
  const answer = { status: 200 + draws.below(300), body: draws.oneOf([null, "", "{}"]) }
  const begin = IdempotencyStore.use((answers) => answers.begin(at, request))
  const finish = perhapsInTransaction(
    draws,
    IdempotencyStore.use((answers) => {
      if (ending === 0) return answers.complete(at, answer)
      return ending === 1 ? answers.abandon(at) : Effect.void
    })
  )
  const work = Effect.tap(begin, ({ _tag }) => _tag === "Started" ? finish : Effect.void)
  return draws.below(20) === 0 ? IdempotencyStore.use((answers) => answers.prune(Number.MAX_SAFE_INTEGER)) : work
}

/** Events that are delivered, put off and asked for. Numbers may have gaps, so they are left out. */
export const outboxStep = (draws: Draws): Step => {
  const atMillis = draws.below(100)
  const limit = 1 + draws.below(10)
  const events = times(
    draws.below(4),
    () => new OutboxEvent({ topic: "walk", key: `walk/${draws.below(1000)}`, payload: {}, atMillis: draws.below(100) })
  )
  const due = Outbox.use((outbox) => outbox.due(atMillis, limit))
  const pick = draws.below(3)
  const untilMillis = draws.below(100)
  return perhapsInTransaction(
    draws,
    draws.oneOf<Step>([
      Outbox.use((outbox) => outbox.append(events)),
      Effect.map(due, (records) => records.map(({ attempts, event }) => ({ attempts, event }))),
      Outbox.use((outbox) =>
        Effect.flatMap(due, (records) => outbox.delivered(records.slice(0, pick).map(({ sequence }) => sequence)))
      ),
      Outbox.use((outbox) =>
        Effect.flatMap(
          due,
          ([first]) => first === undefined ? Effect.void : outbox.postponed(first.sequence, untilMillis)
        )
      )
    ])
  )
}

/** Entries of three actors, and questions about them. */
export const auditStep = (draws: Draws): Step => {
  const actor = `walker:${draws.below(3)}`
  const action = draws.oneOf(["walk.left", "walk.right"])
  const added = entry(`walk/${draws.below(4)}`, { actor, action, atMillis: draws.below(100) })
  const query = {
    limit: 1 + draws.below(8),
    ...draws.oneOf([{}, { actor }]),
    ...draws.oneOf([{}, { action }]),
    ...draws.oneOf([{}, { fromMillis: draws.below(60) }, { toMillis: draws.below(100) }]),
    ...draws.oneOf([{}, { before: BigInt(draws.below(100)) }])
  }
  return perhapsInTransaction(
    draws,
    draws.oneOf<Step>([
      AuditLog.use((audit) => audit.append(added)),
      AuditLog.use((audit) => audit.list(query))
    ])
  )
}
