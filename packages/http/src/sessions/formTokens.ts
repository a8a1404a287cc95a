/** Makes the token that a form of a page has to bring back, so that no other site can post it. */
import type { SessionId } from "@purser/domain/identity"
import * as Redacted from "effect/Redacted"
import { createHmac, timingSafeEqual } from "node:crypto"

/** The tokens of one installation. */
export interface FormTokens {
  /** 64 hex digits that follow from the session, and from nothing that a browser tells. */
  readonly of: (sessionId: SessionId) => string
  /** Compares in constant time. */
  readonly fits: (given: unknown, sessionId: SessionId) => boolean
}

/** Tokens are an HMAC of the session: they need no place to be kept in, and end with it. */
export const formTokens = (secret: Redacted.Redacted<string>): FormTokens => {
  const digest = (sessionId: SessionId): Buffer =>
    createHmac("sha256", Redacted.value(secret)).update(`form|${sessionId}`).digest()
  return {
    of: (sessionId) => digest(sessionId).toString("hex"),
    fits: (given, sessionId) =>
      typeof given === "string" && /^[0-9a-f]{64}$/u.test(given) &&
      timingSafeEqual(Buffer.from(given, "hex"), digest(sessionId))
  }
}
