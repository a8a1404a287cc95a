/** Keeps tickets in memory. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { StorageError } from "../../transaction/index.ts"
import { MemoryState, type MemoryTable } from "../../transaction/testing/index.ts"
import { type Claim, type Id8, type Revocation, type Revoked, Ticket, TicketStore, type TokenHash } from "../index.ts"

type Tickets = MemoryTable<Id8, Ticket>

const find = (tickets: Tickets, matches: (ticket: Ticket) => boolean): Ticket | undefined =>
  [...tickets.values()].find(matches)

const put = (tickets: Tickets, ticket: Ticket): Ticket => {
  tickets.set(ticket.id8, ticket)
  return ticket
}

const larger = (left: bigint, right: bigint): bigint => left > right ? left : right

const ensure = (tickets: Tickets, id8: Id8, firstSeenAtMillis: number): void => {
  if (tickets.get(id8) !== undefined) return
  put(
    tickets,
    new Ticket({ id8, creditedMinor: 0n, claimedMinor: 0n, claim: null, revocation: null, firstSeenAtMillis })
  )
}

const credit = (tickets: Tickets, id8: Id8, deltaMinor: bigint): Result.Result<Ticket, StorageError> => {
  const ticket = tickets.get(id8)
  if (ticket === undefined) {
    return Result.fail(new StorageError({ failure: "Broken", operation: "TicketStore.credit", cause: "no ticket" }))
  }
  const creditedMinor = ticket.creditedMinor + deltaMinor
  const claimedMinor = ticket.claim === null ? ticket.claimedMinor : larger(ticket.claimedMinor, creditedMinor)
  return Result.succeed(put(tickets, new Ticket({ ...ticket, creditedMinor, claimedMinor })))
}

const claim = (tickets: Tickets, ticket: Ticket | undefined, claim: Claim): Ticket | undefined =>
  ticket === undefined ? undefined : put(tickets, new Ticket({ ...ticket, claim, claimedMinor: ticket.creditedMinor }))

const claimable = (ticket: Ticket | undefined, requiredMinor: bigint): Ticket | undefined =>
  ticket !== undefined && ticket.claim === null && ticket.creditedMinor >= requiredMinor ? ticket : undefined

const revoke = (tickets: Tickets, hash: TokenHash, revocation: Revocation): Revoked | undefined => {
  const ticket = find(tickets, (ticket) => ticket.claim?.tokenHash === hash)
  if (ticket === undefined) return undefined
  return ticket.revocation === null
    ? { ticket: put(tickets, new Ticket({ ...ticket, revocation })), isNew: true }
    : { ticket, isNew: false }
}

/** A `TicketStore` that scans for everything but the id: for tests. */
export const layerMemory: Layer.Layer<TicketStore, never, MemoryState> = Layer.effect(
  TicketStore,
  Effect.gen(function*() {
    const { statement, table } = yield* MemoryState
    const tickets = table<Id8, Ticket>()
    const one = <A>(body: () => A | undefined): Effect.Effect<Option.Option<A>> =>
      statement(() => Option.fromUndefinedOr(body()))
    return TicketStore.of({
      byId8: (id8) => one(() => tickets.get(id8)),
      byCommitment: (commitment) => one(() => find(tickets, (ticket) => ticket.claim?.commitment === commitment)),
      byTokenHash: (hash) => one(() => find(tickets, (ticket) => ticket.claim?.tokenHash === hash)),
      ensure: (id8, firstSeenAtMillis) => statement(() => ensure(tickets, id8, firstSeenAtMillis)),
      credit: (id8, deltaMinor) => Effect.flatMap(statement(() => credit(tickets, id8, deltaMinor)), Effect.fromResult),
      claim: (id8, made, requiredMinor) => one(() => claim(tickets, claimable(tickets.get(id8), requiredMinor), made)),
      revoke: (hash, revocation) => one(() => revoke(tickets, hash, revocation))
    })
  })
)
