/** Declares the port that secrets are drawn from. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** The part of WebCrypto that is needed; `crypto` of a browser, of Node and of other hosts has it. */
export interface WebCryptoRandom {
  readonly getRandomValues: (array: Uint8Array<ArrayBuffer>) => unknown
}

/** Gives bytes that nobody can guess. */
export class RandomBytes extends Context.Service<RandomBytes, {
  readonly bytes: (count: number) => Effect.Effect<Uint8Array>
}>()("@purser/domain/tickets/RandomBytes") {
  /** Draws from the host's WebCrypto: `RandomBytes.layerWebCrypto(crypto)`. At most 65,536 bytes at once. */
  static readonly layerWebCrypto = (crypto: WebCryptoRandom): Layer.Layer<RandomBytes> =>
    Layer.succeed(RandomBytes, {
      bytes: (count) =>
        Effect.sync(() => {
          const drawn = new Uint8Array(count)
          crypto.getRandomValues(drawn)
          return drawn
        })
    })
}
