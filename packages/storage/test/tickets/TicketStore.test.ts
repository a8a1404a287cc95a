import { assert, describe, type Vitest } from "@effect/vitest"
import { PaymentId, ServiceToken, TicketStore } from "@purser/domain/tickets"
import { layerMemory } from "@purser/domain/tickets/testing"
import { Database } from "@purser/storage"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { SqlClient } from "effect/sql/SqlClient"
import { readFileSync } from "node:fs"
import { type Everything, failureOf, onEveryStore } from "../onEveryStore.ts"
import { claimOf, credited, idOf, revocationOf, ticketSuite } from "./ticketSuite.ts"

const find = (name: string) => TicketStore.use((tickets) => tickets.byId8(idOf(name)))

/** Everything that the database keeps of tickets: the bytes of its files, or its rows with bytes in hex. */
const kept = Effect.gen(function*() {
  const { dialect, place } = yield* Database.about
  const sql = yield* SqlClient
  if (dialect === "sqlite") return readFileSync(place, "latin1") + readFileSync(`${place}-wal`, "latin1")
  return JSON.stringify(yield* sql`SELECT ticket::text FROM ticket`)
})

const ofDatabases = (it: Vitest.MethodsNonLive<Everything>): void => {
  it.effect("keeps hashes, and never the secret or the token", () =>
    Effect.gen(function*() {
      const tickets = yield* TicketStore
      const pid = Result.getOrThrow(PaymentId.parse("5ec7e7".padEnd(64, "3a")))
      const transactionId = "c0ffee".padEnd(64, "4b")
      const tokens = [
        ServiceToken.plain(pid, transactionId),
        ServiceToken.keyed(new Uint8Array(32).fill(7), pid, transactionId)
      ]
      for (const [index, token] of tokens.entries()) {
        const name = `secret/${index}`
        const claim = claimOf(name, {
          ...index === 0 ? { commitment: PaymentId.commitment(pid) } : {},
          tokenHash: ServiceToken.hash(token),
          transactionId
        })
        yield* credited(name, 1n)
        assert.isTrue(Option.isSome(yield* tickets.claim(idOf(name), claim, 1n)))
        yield* tickets.revoke(claim.tokenHash, revocationOf("lost"))
        assert.isTrue(Option.isSome(yield* tickets.byTokenHash(ServiceToken.hash(token))))
      }
      const text = yield* kept
      const holds = (hex: string) =>
        text.toLowerCase().includes(hex) || text.includes(Buffer.from(hex, "hex").toString("latin1"))
      assert.isTrue(holds(PaymentId.commitment(pid)))
      for (const token of tokens) {
        assert.isTrue(holds(ServiceToken.hash(token)))
        assert.isFalse(holds(ServiceToken.toHex(token)))
      }
      assert.isFalse(holds(PaymentId.toHex(pid)))
    }))

  it.effect("refuses amounts that no ticket can have", () =>
    Effect.gen(function*() {
      const tickets = yield* TicketStore
      const most = 2n ** 63n - 1n
      yield* credited("bounds", 5n)
      for (const deltaMinor of [-6n, most]) {
        assert.strictEqual(yield* failureOf(tickets.credit(idOf("bounds"), deltaMinor)), "Broken")
      }
      assert.strictEqual(Option.getOrThrow(yield* find("bounds")).creditedMinor, 5n)
    }))

  it.effect("refuses a claim that it could not give back", () =>
    Effect.gen(function*() {
      const tickets = yield* TicketStore
      yield* credited("odd", 1n)
      for (const transactionId of ["", "not hex", "ab".repeat(31), `${"ab".repeat(31)}zz`]) {
        const claim = claimOf("odd", { transactionId })
        assert.strictEqual(yield* failureOf(tickets.claim(idOf("odd"), claim, 1n)), "Broken")
      }
      assert.isNull(Option.getOrThrow(yield* find("odd")).claim)
    }))

  it.effect("fails on a row that fits no ticket", () =>
    Effect.gen(function*() {
      const tickets = yield* TicketStore
      yield* credited("misfit", 1n)
      yield* tickets.claim(idOf("misfit"), claimOf("misfit"), 1n)
      yield* SqlClient.use((sql) =>
        sql`UPDATE ticket SET token_format = 9 WHERE id8 = ${Buffer.from(idOf("misfit"), "hex")}`
      )
      assert.strictEqual(yield* failureOf(find("misfit")), "Broken")
    }))
}

describe("TK-2 TK-4 TK-7 TK-8 TK-11 tickets", () => {
  onEveryStore(layerMemory, ticketSuite, ofDatabases)
})
