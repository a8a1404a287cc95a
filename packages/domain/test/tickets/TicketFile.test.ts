import { assert, describe, it } from "@effect/vitest"
import {
  deriveId8,
  MoneroAddress,
  newTicketFile,
  PaymentId,
  RandomBytes,
  Scrypt,
  TicketFile
} from "@purser/domain/tickets"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { primaryAddress, subaddress } from "./vectors.ts"

/** Cheap and different for every secret. */
const quickScrypt = Layer.succeed(Scrypt, { derive: (password) => Effect.succeed(password.slice(0, 8)) })

/** Gives the bytes 0, 1, 2 … : the first secret has an id of zeros. */
const counted = Layer.effect(
  RandomBytes,
  Effect.sync(() => {
    let draws = 0
    return { bytes: (count: number) => Effect.sync(() => new Uint8Array(count).fill(draws++)) }
  })
)
const quick = Layer.mergeAll(quickScrypt, counted)

const decode = Schema.decodeUnknownResult(TicketFile)

describe("TK-14 ticket files", () => {
  it.effect("makes a file that reads back", () =>
    Effect.gen(function*() {
      const file = yield* newTicketFile({ primaryAddress, amountMinor: 10_000_000_000n })
      const read = Result.getOrThrow(decode(JSON.parse(JSON.stringify(file))))
      assert.deepStrictEqual(read, file)
      assert.strictEqual(file.uri, `monero:${file.address}?tx_amount=0.01`)
    }).pipe(Effect.provide(quick)))

  it.effect("pays to the id of the secret", () =>
    Effect.gen(function*() {
      const file = yield* newTicketFile({ primaryAddress })
      const address = Result.getOrThrow(MoneroAddress.decode(file.address))
      const pid = Result.getOrThrow(PaymentId.parse(file.pid))
      assert.deepStrictEqual(
        yield* deriveId8(pid, { network: file.network, primaryAddress }),
        Option.some(file.payment_id)
      )
      assert.deepStrictEqual([address.kind, address.id8, file.network], ["integrated", file.payment_id, "mainnet"])
    }).pipe(Effect.provide(quick)))

  it.effect("draws again when the id is zero", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* newTicketFile({ primaryAddress })).pid, "01".repeat(32))
    }).pipe(Effect.provide(quick)))

  it.effect("refuses an address that is not primary", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* Effect.flip(newTicketFile({ primaryAddress: subaddress }))).why, "not_primary")
    }).pipe(Effect.provide(quick)))

  it.effect.each([
    { format: "purser-ticket-2" },
    { pid: "AB".repeat(32) },
    { payment_id: "0".repeat(16) },
    { address: primaryAddress },
    { uri: "https://example.invalid" }
  ])("refuses a file with %j", (change) =>
    Effect.gen(function*() {
      const file = yield* newTicketFile({ primaryAddress })
      assert.isTrue(Result.isFailure(decode({ ...file, ...change })))
    }).pipe(Effect.provide(quick)))
})
