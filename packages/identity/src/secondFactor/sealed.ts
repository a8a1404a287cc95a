/** Seals the secrets of second factors for keeping, under keys of their own. */
import { IdentityError } from "@purser/domain/identity"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto"

/** A key that secrets are sealed with: a name of 1 to 32 letters, digits, `-` or `_`, and 32 bytes used for nothing else. */
export interface SealingKey {
  readonly id: string
  readonly secret: Redacted.Redacted<Uint8Array>
}

const version = "identity-totp-v1"
const cipher = "aes-256-gcm"
const sealed = /^identity-totp-v1:([\w-]{1,32}):([\w-]{16}):([\w-]{27}):([\w-]{22})$/u

/** The key's name and the user are under the seal: a row of one user opens for no other. */
const bound = (keyId: string, userId: string): Buffer => Buffer.from(`${version}:${keyId}:${userId}`, "utf8")

/** Seals 20 bytes: AES-256-GCM with a random nonce of 96 bits, in one line that names the key. */
export const seal = (secret: Uint8Array, userId: string, key: SealingKey): string => {
  const nonce = randomBytes(12)
  const sealing = createCipheriv(cipher, Redacted.value(key.secret), nonce).setAAD(bound(key.id, userId))
  const hidden = Buffer.concat([sealing.update(secret), sealing.final()])
  return [version, key.id, ...[nonce, hidden, sealing.getAuthTag()].map((part) => part.toString("base64url"))].join(":")
}

const broken = (detail: string): IdentityError =>
  new IdentityError({ failure: "Broken", operation: "Identity.secondFactor", detail })

/** Opens with whichever key it names; fails as `Broken` with `Malformed`, `UnknownKey` or `NotAuthentic`. */
export const open = (
  text: string,
  userId: string,
  keys: ReadonlyArray<SealingKey>
): Result.Result<Uint8Array, IdentityError> => {
  const match = sealed.exec(text)
  if (match === null) return Result.fail(broken("Malformed"))
  const [keyId, ...parts] = match.slice(1) as [string, ...Array<string>]
  const key = keys.find(({ id }) => id === keyId)
  if (key === undefined) return Result.fail(broken("UnknownKey"))
  const [nonce, hidden, tag] = parts.map((part) => Buffer.from(part, "base64url")) as [Buffer, Buffer, Buffer]
  return Result.try({
    try: () => {
      const opening = createDecipheriv(cipher, Redacted.value(key.secret), nonce, { authTagLength: 16 })
        .setAAD(bound(keyId, userId)).setAuthTag(tag)
      return Buffer.concat([opening.update(hidden), opening.final()])
    },
    catch: () => broken("NotAuthentic")
  })
}
