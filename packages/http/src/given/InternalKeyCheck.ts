/** Checks the key of internal calls without telling by its timing how much of a wrong one is right. */
import * as Redacted from "effect/Redacted"
import { createHash, timingSafeEqual } from "node:crypto"

const digest = (text: string): Buffer => createHash("sha256").update(text).digest()

const bearer = /^Bearer +([\x21-\x7e]+) *$/iu

/** The key of one server: its public name, and whether a request brought it. */
export interface InternalKeyCheck {
  /** `key:` and 16 hex digits of its hash: the principal in quotas, idempotency and the audit log. */
  readonly principal: string
  readonly isIn: (authorization: string | undefined) => boolean
}

/** Compares SHA-256 digests in constant time, so that neither length nor content of the key shows. */
export const internalKeyCheck = (key: Redacted.Redacted<string>): InternalKeyCheck => {
  const expected = digest(Redacted.value(key))
  return {
    principal: `key:${expected.toString("hex").slice(0, 16)}`,
    isIn: (authorization) => timingSafeEqual(digest(bearer.exec(authorization ?? "")?.[1] ?? ""), expected)
  }
}
