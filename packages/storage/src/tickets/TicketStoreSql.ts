/** Keeps tickets in the database at hand. */
import {
  type Claim,
  type Id8,
  type Revocation,
  type Revoked,
  type Ticket,
  TicketStore,
  type TokenHash
} from "@purser/domain/tickets"
import { StorageError } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type { SqlError } from "effect/sql/SqlError"
import type { Compilable } from "kysely"
import type { Services } from "../Database.ts"
import { decoded } from "../decoded.ts"
import { asStorageError } from "../failures.ts"
import { bytesOf } from "../hex.ts"
import * as Queries from "../Queries.ts"
import { claimColumns, revocationColumns, ticketOf, type TicketRow, ticketState } from "./ticketRow.ts"

interface Tables {
  readonly ticket: TicketRow
}
type Sql = Queries.Queries<Tables>
type Rows = Effect.Effect<ReadonlyArray<TicketRow>, SqlError>

/** Every redemption begins with one of these. */
const reading = (queries: Sql, column: "id8" | "commitment" | "token_hash") =>
  queries.compiled(
    (key: Uint8Array) => queries.build.selectFrom("ticket").selectAll().where(column, "=", key),
    new Uint8Array() as Uint8Array
  )

const ensure = ({ build }: Sql, id8: Id8, firstSeenAtMillis: number) =>
  build.insertInto("ticket")
    .values({
      id8: bytesOf(id8),
      state: ticketState.unclaimed,
      credited_minor: 0n,
      claimed_minor: 0n,
      first_seen_at_millis: BigInt(firstSeenAtMillis)
    })
    .onConflict((conflict) => conflict.column("id8").doNothing())

const credit = ({ build }: Sql, id8: Id8, deltaMinor: bigint) =>
  build.updateTable("ticket")
    .set(({ and, eb, ref }) => {
      const credited = eb("credited_minor", "+", deltaMinor)
      const isRaised = and([eb("state", "!=", ticketState.unclaimed), eb(credited, ">", ref("claimed_minor"))])
      return {
        credited_minor: credited,
        claimed_minor: eb.case().when(isRaised).then(credited).else(ref("claimed_minor")).end()
      }
    })
    .where("id8", "=", bytesOf(id8))
    .returningAll()

/** The whole decision in one statement: of any number of claims at once the first finds the ticket unclaimed. */
const claim = ({ build }: Sql, id8: Id8, { made, requiredMinor }: { made: Claim; requiredMinor: bigint }) =>
  build.updateTable("ticket")
    .set(({ ref }) => ({ ...claimColumns(made), state: ticketState.claimed, claimed_minor: ref("credited_minor") }))
    .where("id8", "=", bytesOf(id8))
    .where("state", "=", ticketState.unclaimed)
    .where("credited_minor", ">=", requiredMinor)
    .returningAll()

const revoke = ({ build }: Sql, hash: TokenHash, revocation: Revocation) =>
  build.updateTable("ticket")
    .set({ ...revocationColumns(revocation), state: ticketState.revoked })
    .where("token_hash", "=", bytesOf(hash))
    .where("state", "=", ticketState.claimed)
    .returningAll()

const asRevoked = (isNew: boolean) => Option.map((ticket: Ticket): Revoked => ({ ticket, isNew }))

const noTicket = new StorageError({ failure: "Broken", operation: "TicketStore.credit", cause: "no ticket" })

const first = (method: string, rows: Rows): Effect.Effect<Option.Option<Ticket>, StorageError> =>
  Effect.map(
    asStorageError(`TicketStore.${method}`)(decoded(rows, ticketOf)),
    ([ticket]) => Option.fromUndefinedOr(ticket)
  )

/** A `TicketStore` on SQLite or PostgreSQL. */
export const layer: Layer.Layer<TicketStore, never, Services> = Layer.effect(
  TicketStore,
  Effect.gen(function*() {
    const queries = yield* Queries.make<Tables>()
    const one = (method: string, query: Compilable<TicketRow>) => first(method, queries.all(query))
    const read = {
      id8: reading(queries, "id8"),
      commitment: reading(queries, "commitment"),
      tokenHash: reading(queries, "token_hash")
    }
    return TicketStore.of({
      byId8: (id8) => first("byId8", read.id8(bytesOf(id8))),
      byCommitment: (commitment) => first("byCommitment", read.commitment(bytesOf(commitment))),
      byTokenHash: (hash) => first("byTokenHash", read.tokenHash(bytesOf(hash))),
      ensure: (id8, firstSeenAtMillis) =>
        asStorageError("TicketStore.ensure")(queries.run(ensure(queries, id8, firstSeenAtMillis))),
      credit: (id8, deltaMinor) =>
        Effect.flatMap(
          one("credit", credit(queries, id8, deltaMinor)),
          Option.match({ onNone: () => Effect.fail(noTicket), onSome: Effect.succeed })
        ),
      claim: (id8, made, requiredMinor) => one("claim", claim(queries, id8, { made, requiredMinor })),
      // The first revocation is there before a later one looks, because both change the row or wait for it.
      revoke: (hash, revocation) =>
        Effect.flatMap(one("revoke", revoke(queries, hash, revocation)), (revoked) =>
          Option.isSome(revoked)
            ? Effect.succeed(asRevoked(true)(revoked))
            : Effect.map(first("revoke", read.tokenHash(bytesOf(hash))), asRevoked(false)))
    })
  })
)
