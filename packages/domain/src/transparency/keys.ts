/** Makes, prints and reads the Ed25519 keys that sign heads, in the forms of c2sp.org/signed-note. */
import { ed25519 } from "@noble/curves/ed25519.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { parseBase64, printBase64 } from "./text.ts"
import { TransparencyError, type TransparencyReason } from "./TransparencyError.ts"

/** Signature type of Ed25519 in signed notes. */
const ed25519Type = 0x01
const publicKeyBytes = 32
const seedBytes = 32

/** What checks signatures. `keyId` is the first 4 bytes of a hash over name and key, as 8 hex digits. */
export interface VerifierKey {
  readonly name: string
  readonly keyId: string
  readonly publicKey: Uint8Array
}

/** What signs: keep the seed secret. `verifier` is what to give to others. */
export interface SigningKey {
  readonly verifier: VerifierKey
  readonly seed: Redacted.Redacted<Uint8Array>
}

const refused = (reason: TransparencyReason, detail: string) => Result.fail(new TransparencyError({ reason, detail }))

/** Whether a key, and with it a log, can have this name: not empty, no spaces, no control characters, no plus. */
export const isKeyName = (name: string): boolean => /^[^\s\p{Z}\p{C}+]{1,200}$/u.test(name)

const keyIdOf = (name: string, typed: Uint8Array): string =>
  bytesToHex(sha256(concatBytes(utf8ToBytes(`${name}\n`), typed)).subarray(0, 4))

const typed = (publicKey: Uint8Array): Uint8Array => concatBytes(Uint8Array.of(ed25519Type), publicKey)

const verifierOf = (name: string, publicKey: Uint8Array): VerifierKey => ({
  name,
  keyId: keyIdOf(name, typed(publicKey)),
  publicKey
})

/** The key of a name and a secret seed of 32 bytes. Refuses with `KeyNameRefused` or `TextIsNoKey`. */
export const makeSigningKey = (
  name: string,
  seed: Redacted.Redacted<Uint8Array>
): Result.Result<SigningKey, TransparencyError> => {
  if (!isKeyName(name)) return refused("KeyNameRefused", name)
  const secret = Redacted.value(seed)
  if (secret.length !== seedBytes) return refused("TextIsNoKey", `a seed has ${seedBytes} bytes`)
  return Result.succeed({ verifier: verifierOf(name, ed25519.getPublicKey(secret)), seed })
}

/** The key to hand out: `name+keyid+base64`. */
export const printVerifierKey = ({ keyId, name, publicKey }: VerifierKey): string =>
  `${name}+${keyId}+${printBase64(typed(publicKey))}`

/** Reads a key that was handed out. Refuses with `TextIsNoKey`, `KeyNameRefused`, `KeyTypeUnknown` or `KeyIdDiffers`. */
export const parseVerifierKey = (text: string): Result.Result<VerifierKey, TransparencyError> => {
  const [name = "", keyId = "", ...encoded] = text.trim().split("+")
  const bytes = parseBase64(encoded.join("+"))
  if (!/^[0-9a-f]{8}$/u.test(keyId) || bytes === undefined || bytes.length === 0) {
    return refused("TextIsNoKey", "expected name+keyid+base64")
  }
  if (!isKeyName(name)) return refused("KeyNameRefused", name)
  if (bytes[0] !== ed25519Type) return refused("KeyTypeUnknown", "only Ed25519 is known")
  if (bytes.length !== 1 + publicKeyBytes) return refused("TextIsNoKey", `a key has ${publicKeyBytes} bytes`)
  const key = verifierOf(name, bytes.slice(1))
  return key.keyId === keyId ? Result.succeed(key) : refused("KeyIdDiffers", `${keyId} for ${key.keyId}`)
}

/** Signs some text. The same text gives the same 64 bytes. */
export const signText = ({ seed }: SigningKey, text: string): Uint8Array =>
  ed25519.sign(utf8ToBytes(text), Redacted.value(seed))

/** Whether the key signed the text, by the strict rules of RFC 8032. */
export const hasSigned = ({ publicKey }: VerifierKey, text: string, signature: Uint8Array): boolean => {
  try {
    return ed25519.verify(signature, utf8ToBytes(text), publicKey, { zip215: false })
  } catch {
    return false
  }
}
