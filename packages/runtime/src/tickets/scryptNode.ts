/** Derives ids with the scrypt of Node's own cryptography, off the event loop. */
import { Scrypt, scryptParameters } from "@purser/domain/tickets"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { scrypt } from "node:crypto"

const { dkLen, ...cost } = scryptParameters

/** Runs on the thread pool of libuv: four at once unless `UV_THREADPOOL_SIZE` says otherwise. */
export const layerScryptNode: Layer.Layer<Scrypt> = Layer.succeed(Scrypt, {
  derive: (password, salt) =>
    Effect.callback((resume) =>
      scrypt(
        password,
        salt,
        dkLen,
        cost,
        (error, derived) => resume(error === null ? Effect.succeed(new Uint8Array(derived)) : Effect.die(error))
      )
    )
})
