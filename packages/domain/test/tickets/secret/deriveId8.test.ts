import { assert, describe, it } from "@effect/vitest"
import { deriveId8, PaymentId, Scrypt } from "@purser/domain/tickets"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { scryptSync } from "node:crypto"
import { pidHex, primaryAddress } from "../vectors.ts"

const pid = Result.getOrThrow(PaymentId.parse(pidHex))
const scope = { network: "mainnet", primaryAddress } as const

const scryptGiving = (bytes: Uint8Array) => Layer.succeed(Scrypt, { derive: () => Effect.succeed(bytes) })

describe("TK-4 address ids", () => {
  it.live("derives what a native scrypt does", () =>
    Effect.gen(function*() {
      const salt = Buffer.concat([
        Buffer.from("purser/id8/v1"),
        Buffer.of(0),
        Buffer.from("mainnet"),
        Buffer.of(0),
        Buffer.from(primaryAddress)
      ])
      const expected = scryptSync(Buffer.from(pidHex, "hex"), salt, 8, { N: 16384, r: 8, p: 1 }).toString("hex")
      assert.deepStrictEqual(yield* deriveId8(pid, scope), Option.some(expected))
      assert.notDeepEqual(yield* deriveId8(pid, { ...scope, network: "stagenet" }), Option.some(expected))
    }).pipe(Effect.provide(Scrypt.layerNoble)))

  it.effect("knows no id of zeros", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* deriveId8(pid, scope), Option.none())
    }).pipe(Effect.provide(scryptGiving(new Uint8Array(8)))))
})
