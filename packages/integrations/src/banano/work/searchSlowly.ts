/** Tries nonces where there is no WebAssembly: some forty times slower, and between other work. */
import { hexToBytes } from "@noble/curves/utils.js"
import { blake2b } from "@noble/hashes/blake2.js"
import { concatBytes } from "@noble/hashes/utils.js"
import * as Effect from "effect/Effect"
import type { BlockHash } from "../crypto/hash.ts"

/** Tries this many, a few milliseconds' worth, before others have their turn. */
const slice = 1000

/** A nonce at or after one whose value reaches the threshold. Never ends by itself where there is none. */
export const searchSlowly = (root: BlockHash, threshold: bigint, nonce: bigint): Effect.Effect<bigint> =>
  Effect.gen(function*() {
    const message = concatBytes(new Uint8Array(8), hexToBytes(root))
    const view = new DataView(message.buffer)
    for (let next = nonce;; yield* Effect.yieldNow) {
      for (let tried = 0; tried < slice; tried++, next = BigInt.asUintN(64, next + 1n)) {
        view.setBigUint64(0, next, true)
        const value = blake2b(message, { dkLen: 8 })
        if (new DataView(value.buffer).getBigUint64(0, true) >= threshold) return next
      }
    }
  })
