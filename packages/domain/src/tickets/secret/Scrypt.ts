/** Declares the slow hash that turns a payment id into the id of an address. */
import { scryptAsync } from "@noble/hashes/scrypt.js"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** Parameters of RFC 7914: 16 MiB and tens of milliseconds a call. Changing them changes every address. */
export const scryptParameters = { N: 2 ** 14, r: 8, p: 1, dkLen: 8 } as const

/** Derives 8 bytes with `scryptParameters`. Costs 16 MiB while it runs, so callers ration it. */
export class Scrypt extends Context.Service<Scrypt, {
  readonly derive: (password: Uint8Array, salt: Uint8Array) => Effect.Effect<Uint8Array>
}>()("@purser/domain/tickets/Scrypt") {
  /** Plain JavaScript for browsers, about 1.7 times as slow as a host's native one; lets others run every 10 ms. */
  static readonly layerNoble: Layer.Layer<Scrypt> = Layer.succeed(Scrypt, {
    derive: (password, salt) => Effect.promise(() => scryptAsync(password, salt, scryptParameters))
  })
}
