import { assert, describe, layer, type Vitest } from "@effect/vitest"
import { LogSalt, LogSalts, recordOf, type Transfer } from "@purser/domain/ledger"
import { leafHash } from "@purser/domain/transparency"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { SqlClient } from "effect/sql/SqlClient"
import { booked, openedAsks } from "../asks.ts"
import { databases } from "../stores.ts"

interface Row {
  readonly sequence: bigint
  readonly salt: Uint8Array | null
  readonly leaf: Uint8Array | null
}

type Ground = Layer.Success<typeof databases.sqlite>

const rows = SqlClient.use((sql) => sql.unsafe<Row>("SELECT sequence, salt, leaf FROM transfer ORDER BY sequence"))

const hex = (bytes: Uint8Array | null) => bytes === null ? null : Buffer.from(bytes).toString("hex")

const expected = (transfer: Transfer, salt: LogSalt) => ({
  sequence: transfer.sequence,
  salt,
  leaf: hex(leafHash(recordOf(transfer, salt)))
})

const drawn = (row: Row) => LogSalt.make(hex(row.salt) ?? "")

const awkward = { "10": "ten", "2": "\"two\" \\ …", "€": "𝄞" }

const suite = (it: Vitest.MethodsNonLive<Ground>): void => {
  it.effect("writes with each transfer a salt of its own and the leaf that follows", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("leaf")
      const transfers = [
        ...yield* booked(
          asks.post("1", { metadata: awkward, reference: "a\"b" }),
          asks.hold("2", { expiresAtMillis: 2 ** 52 })
        ),
        ...yield* booked(asks.post("3")),
        ...yield* booked(asks.settle("4", "2", { amountMinor: 1n }))
      ]
      const found = yield* rows
      assert.deepStrictEqual(
        found.map((row) => ({ ...row, salt: hex(row.salt), leaf: hex(row.leaf) })),
        transfers.map((transfer, index) => expected(transfer, drawn(found[index]!)))
      )
      assert.strictEqual(new Set(found.map(drawn)).size, 4)
      for (const row of found) assert.match(drawn(row), /^[0-9a-f]{32}$/u)
    }))
}

const fixed = Layer.succeed(LogSalts, (count) => Array.from({ length: count }, () => LogSalt.make("ab".repeat(16))))

describe.each(Object.entries(databases))("LG-9 leaves of the log on %s", (_, world) => {
  layer(world as Layer.Layer<Ground>, { excludeTestServices: true })(suite)

  layer(Layer.provide(world as Layer.Layer<Ground>, fixed), { excludeTestServices: true })("with given salts", (it) => {
    it.effect("writes what was drawn", () =>
      Effect.gen(function*() {
        const asks = yield* openedAsks("fixed")
        const [transfer] = yield* booked(asks.post("1"))
        const [row] = yield* rows
        assert.deepStrictEqual(
          { ...row, salt: hex(row!.salt), leaf: hex(row!.leaf) },
          expected(transfer!, LogSalt.make("ab".repeat(16)))
        )
      }))
  })
})
