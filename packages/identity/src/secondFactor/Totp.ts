/** Computes the codes that apps show: RFC 6238 over HMAC-SHA-1, 6 digits, steps of 30 seconds. */
import { createHmac, timingSafeEqual } from "node:crypto"

const stepMillis = 30_000

/** The step that a point in time lies in. */
export const stepOf = (millis: number): number => Math.floor(millis / stepMillis)

/** The code of a step (RFC 4226, section 5.3). */
const codeOf = (secret: Uint8Array, step: number): string => {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac("sha1", secret).update(counter).digest()
  const offset = mac[19]! & 0xf
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0")
}

const isSame = (left: string, right: string): boolean =>
  left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right))

/**
 * The step whose code this is: the present one, the one before or the one after, for clocks that differ and fingers that
 * are slow (RFC 6238, section 5.2); undefined for any other code. Spaces do not count.
 */
export const stepOfCode = (secret: Uint8Array, code: string, nowMillis: number): number | undefined => {
  const digits = code.replaceAll(" ", "")
  if (!/^\d{6}$/u.test(digits)) return undefined
  const now = stepOf(nowMillis)
  return [now, now - 1, now + 1].find((step) => step >= 0 && isSame(codeOf(secret, step), digits))
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

/** Base32 without padding (RFC 4648); a multiple of 5 bytes. */
export const base32 = (bytes: Uint8Array): string => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("")
  return bits.replace(/.{5}/gu, (five) => alphabet[Number.parseInt(five, 2)]!)
}

/** What a secret is shown with: who asks for codes, and whose they are. */
export interface TotpLabel {
  readonly issuer: string
  readonly account: string
}

/** The address that apps read from a QR code. */
export const totpUri = (secret: Uint8Array, { account, issuer }: TotpLabel): string => {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`
  const settings = `issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=6&period=30`
  return `otpauth://totp/${label}?secret=${base32(secret)}&${settings}`
}
