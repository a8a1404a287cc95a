/** Keeps the key of one account, and signs with it. */
import { hexToBytes, numberToBytesBE } from "@noble/curves/utils.js"
import * as Data from "effect/Data"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { addressOf, type BananoAddress } from "./Address.ts"
import { publicKeyFrom, type Signature, signHash } from "./ed25519.ts"
import { blake2bOf, type BlockHash } from "./hash.ts"

/**
 * Why there is no key. The text is not told.
 *
 * - `Seed`: 64 hex digits are wanted.
 * - `Index`: a whole number from 0 to 2^32 - 1 is wanted.
 */
export type SeedReason = "Seed" | "Index"

/** A seed or index has no key. */
export class SeedRefused extends Data.TaggedError("SeedRefused")<{ readonly reason: SeedReason }> {
  override get message(): string {
    return `no key of Banano: ${this.reason}`
  }
}

const indexMost = 2 ** 32 - 1

/** One account whose key is here. The key itself cannot be had from it, printed or logged. */
export class Signer {
  readonly address: BananoAddress
  readonly publicKey: BlockHash
  readonly #privateKey: Redacted.Redacted<Uint8Array>

  /** The key is 32 bytes. */
  constructor(privateKey: Redacted.Redacted<Uint8Array>) {
    this.#privateKey = privateKey
    this.publicKey = publicKeyFrom(Redacted.value(privateKey))
    this.address = addressOf(this.publicKey)
  }

  /** Signs the hash of a block. */
  sign(hash: BlockHash): Signature {
    return signHash(hash, Redacted.value(this.#privateKey))
  }
}

/** Blake2b-256 of the seed and the index, big-endian. */
export const privateKeyOf = (
  seed: Redacted.Redacted<string>,
  index: number
): Result.Result<Redacted.Redacted<Uint8Array>, SeedRefused> => {
  const digits = Redacted.value(seed)
  if (!/^[0-9a-f]{64}$/iu.test(digits)) return Result.fail(new SeedRefused({ reason: "Seed" }))
  if (!Number.isInteger(index) || index < 0 || index > indexMost) {
    return Result.fail(new SeedRefused({ reason: "Index" }))
  }
  return Result.succeed(Redacted.make(blake2bOf(32, hexToBytes(digits), numberToBytesBE(index, 4))))
}

/** The account of a seed of 64 hex digits; wallets count accounts from 0. */
export const signerOf = (seed: Redacted.Redacted<string>, index = 0): Result.Result<Signer, SeedRefused> =>
  Result.map(privateKeyOf(seed, index), (privateKey) => new Signer(privateKey))
