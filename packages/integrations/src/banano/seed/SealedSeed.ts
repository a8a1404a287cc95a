/** Seals the seed of the operator's account for keeping, under a key of its own. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto"
import { type SeedRefused, signerOf } from "../crypto/Signer.ts"

/** A key that seeds are sealed with: a name of 1 to 32 letters, digits, `-` or `_`, and 32 bytes used for nothing else. */
export interface SealingKey {
  readonly id: string
  readonly secret: Redacted.Redacted<Uint8Array>
}

/**
 * Why a sealed seed cannot be opened.
 *
 * - `Malformed`: it is no sealed seed.
 * - `UnknownKey`: the key that it names is not among those given.
 * - `NotAuthentic`: the key does not fit, or a character was changed.
 */
export type SealReason = "Malformed" | "UnknownKey" | "NotAuthentic"

/** A sealed seed cannot be opened. `keyId` is the key that it names. */
export class SealRefused extends Data.TaggedError("SealRefused")<{
  readonly reason: SealReason
  readonly keyId: string | null
}> {
  override get message(): string {
    return `the sealed seed cannot be opened: ${this.reason}${this.keyId === null ? "" : ` (key ${this.keyId})`}`
  }
}

const version = "banano-seed-v1"
const cipher = "aes-256-gcm"
const sealed = /^banano-seed-v1:([\w-]{1,32}):(ban_[13-9a-km-uw-z]{60}):([\w-]{16}):([\w-]{43}):([\w-]{22})$/u

/** The key's name and the account's address are under the seal: none can be exchanged. */
const bound = (keyId: string, address: string): Buffer => Buffer.from(`${version}:${keyId}:${address}`, "utf8")

/**
 * Seals 64 hex digits: AES-256-GCM with a random nonce of 96 bits, in one line that names the key and the account, not
 * secret by itself. The account is that of index 0.
 */
export const sealSeed = (
  seed: Redacted.Redacted<string>,
  { id, secret }: SealingKey
): Effect.Effect<string, SeedRefused> =>
  Effect.map(Effect.fromResult(signerOf(seed)), ({ address }) => {
    const nonce = randomBytes(12)
    const sealing = createCipheriv(cipher, Redacted.value(secret), nonce).setAAD(bound(id, address))
    const hidden = Buffer.concat([sealing.update(Redacted.value(seed), "hex"), sealing.final()])
    return [version, id, address, ...[nonce, hidden, sealing.getAuthTag()].map((part) => part.toString("base64url"))]
      .join(":")
  })

const unsealed = (parts: ReadonlyArray<string>, secret: Uint8Array): string => {
  const [id, address, ...rest] = parts as [string, string, ...Array<string>]
  const [nonce, hidden, tag] = rest.map((part) => Buffer.from(part, "base64url")) as [Buffer, Buffer, Buffer]
  const opening = createDecipheriv(cipher, secret, nonce, { authTagLength: 16 }).setAAD(bound(id, address))
    .setAuthTag(tag)
  return Buffer.concat([opening.update(hidden), opening.final()]).toString("hex")
}

/** Opens with whichever key it names. */
export const openSeed = (
  text: string,
  keys: ReadonlyArray<SealingKey>
): Result.Result<Redacted.Redacted<string>, SealRefused> => {
  const match = sealed.exec(text.trim())
  if (match === null) return Result.fail(new SealRefused({ reason: "Malformed", keyId: null }))
  const parts = match.slice(1)
  const keyId = parts[0]!
  const key = keys.find(({ id }) => id === keyId)
  if (key === undefined) return Result.fail(new SealRefused({ reason: "UnknownKey", keyId }))
  return Result.try({
    try: () => Redacted.make(unsealed(parts, Redacted.value(key.secret))),
    catch: () => new SealRefused({ reason: "NotAuthentic", keyId })
  })
}

/** Seals anew under the first of the keys; the others open what was sealed before. */
export const resealSeed = (
  text: string,
  keys: readonly [SealingKey, ...ReadonlyArray<SealingKey>]
): Effect.Effect<string, SealRefused | SeedRefused> =>
  Effect.flatMap(Effect.fromResult(openSeed(text, keys)), (seed) => sealSeed(seed, keys[0]))
