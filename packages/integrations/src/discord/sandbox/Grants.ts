/** Keeps the codes and tokens that a sandbox gave out. */
import { createHash, randomBytes } from "node:crypto"
import type { DiscordUser } from "../Discord.ts"

/** What somebody consented to. */
export interface Consent {
  readonly userId: DiscordUser["id"]
  readonly scopes: ReadonlyArray<string>
}

/** Where a code is to be brought, and the S256 challenge that was sent with the question for it. */
export interface CodeTerms {
  readonly redirectUri: string
  readonly challenge: string | null
}

/** How a code is brought. */
export interface CodeProof {
  readonly code: string
  readonly redirectUri: string
  readonly verifier: string | null
}

/** What a code is exchanged for. */
export interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresInSeconds: number
  readonly consent: Consent
}

const codeMillis = 600_000
const tokenSeconds = 604_800

interface Kept<A> {
  readonly value: A
  readonly untilMillis: number
}

const random = (): string => randomBytes(24).toString("base64url")

const isProven = ({ challenge }: CodeTerms, verifier: string | null): boolean => {
  if (challenge === null || verifier === null) return challenge === verifier
  return /^[\w.~-]{43,128}$/u.test(verifier)
    && createHash("sha256").update(verifier).digest("base64url") === challenge
}

/** Codes live for ten minutes and are taken once, tokens for a week. */
export class Grants {
  readonly #codes = new Map<string, Kept<CodeTerms & { readonly consent: Consent }>>()
  readonly #tokens = new Map<string, Kept<Tokens>>()

  /** A code for what somebody consented to. */
  issueCode(consent: Consent, terms: CodeTerms, nowMillis: number): string {
    const code = random()
    this.#codes.set(code, { value: { ...terms, consent }, untilMillis: nowMillis + codeMillis })
    return code
  }

  /** Takes a code, which is then gone, whatever comes of it; undefined when it proves nothing. */
  exchange({ code, redirectUri, verifier }: CodeProof, nowMillis: number): Tokens | undefined {
    const kept = this.#codes.get(code)
    this.#codes.delete(code)
    if (kept === undefined || nowMillis >= kept.untilMillis) return undefined
    if (kept.value.redirectUri !== redirectUri || !isProven(kept.value, verifier)) return undefined
    const tokens: Tokens = {
      accessToken: random(),
      refreshToken: random(),
      expiresInSeconds: tokenSeconds,
      consent: kept.value.consent
    }
    this.#tokens.set(tokens.accessToken, { value: tokens, untilMillis: nowMillis + tokenSeconds * 1000 })
    return tokens
  }

  /** What the owner of a token consented to; undefined for one that is unknown, over or revoked. */
  consentOf(accessToken: string, nowMillis: number): Consent | undefined {
    const kept = this.#tokens.get(accessToken)
    return kept === undefined || nowMillis >= kept.untilMillis ? undefined : kept.value.consent
  }

  /** Ends the sign-in that a token of either kind is of. */
  revoke(token: string): void {
    for (const [accessToken, { value }] of this.#tokens) {
      if (accessToken === token || value.refreshToken === token) this.#tokens.delete(accessToken)
    }
  }

  /** How many sign-ins have tokens. */
  count(nowMillis: number): number {
    return [...this.#tokens.values()].filter(({ untilMillis }) => nowMillis < untilMillis).length
  }
}
