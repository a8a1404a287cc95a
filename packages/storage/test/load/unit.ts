/** Describes the unit of work that is killed half-way: a ticket, an event and an entry that belong together. */
import { AuditLog } from "@purser/domain/audit"
import { Outbox, OutboxEvent } from "@purser/domain/outbox"
import { TicketStore } from "@purser/domain/tickets"
import { Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { entry } from "../audit/auditSuite.ts"
import { credited, idOf } from "../tickets/ticketSuite.ts"

const nameOf = (n: number): string => `unit/${n}`

/** Does the work of a number, all or nothing. */
export const work = (n: number) =>
  Effect.gen(function*() {
    const { atomically } = yield* Transaction
    const outbox = yield* Outbox
    const audit = yield* AuditLog
    yield* atomically(Effect.gen(function*() {
      yield* credited(nameOf(n), 1n)
      yield* outbox.append([new OutboxEvent({ topic: "unit", key: nameOf(n), payload: {}, atMillis: 0 })])
      yield* audit.append(entry(nameOf(n)))
    }))
  })

/** Reads the whole log, oldest first. */
const wholeLog = Effect.gen(function*() {
  const audit = yield* AuditLog
  const records = [...yield* audit.list({ limit: 1000 })]
  while (records.length > 0 && records.at(-1)!.sequence > 1n) {
    records.push(...yield* audit.list({ limit: 1000, before: records.at(-1)!.sequence }))
  }
  return records.toReversed()
})

/** What is there: the numbers of whole units, and what is wrong. */
export const inspect = (upTo: number) =>
  Effect.gen(function*() {
    const tickets = yield* TicketStore
    const events = new Set((yield* (yield* Outbox).due(0, 1_000_000)).map(({ event }) => event.key))
    const log = yield* wholeLog
    const entries = new Set(log.map(({ entry }) => entry.subject))
    const faults = log.flatMap(({ sequence }, index) => sequence === BigInt(index + 1) ? [] : [`gap at ${sequence}`])
    const whole = new Set<number>()
    for (let n = 0; n < upTo; n++) {
      const ticket = Option.getOrUndefined(yield* tickets.byId8(idOf(nameOf(n))))
      const parts = [ticket?.creditedMinor === 1n, events.has(nameOf(n)), entries.has(nameOf(n))]
      if (parts.every(Boolean)) whole.add(n)
      else if (ticket !== undefined || parts.some(Boolean)) faults.push(`half of ${n}`)
    }
    return { whole, faults }
  })
