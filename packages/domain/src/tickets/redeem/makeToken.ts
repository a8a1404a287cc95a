/** Makes the token of a secret, new or again. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { equalHexInConstantTime } from "../constantTime.ts"
import { PaymentId, ServiceToken, type TokenKey, type TokenKeys } from "../secret/index.ts"
import { Claim, type TokenFormat } from "../Ticket.ts"

/**
 * A token cannot be made again: its key was taken away, or is another one under the same id. An operator must bring the
 * key back; nobody else can help.
 */
export class TokenKeyLost extends Data.TaggedError("TokenKeyLost")<{ readonly keyId: string | null }> {
  override get message(): string {
    return `token key ${this.keyId} is missing or is another than the one that the token was made with`
  }
}

const keyed = (key: TokenKey, pid: PaymentId, transactionId: string): ServiceToken =>
  ServiceToken.keyed(Redacted.value(key.secret), pid, transactionId)

/** A new token, and the claim that will make it again. */
export const newToken = (
  keys: TokenKeys["Service"],
  made: {
    readonly pid: PaymentId
    readonly transactionId: string
    readonly format: TokenFormat
    readonly claimedAtMillis: number
  }
): { readonly token: ServiceToken; readonly claim: Claim } => {
  const { claimedAtMillis, format, pid, transactionId } = made
  const isKeyed = format === 2
  const token = isKeyed ? keyed(keys.current, pid, transactionId) : ServiceToken.plain(pid, transactionId)
  const claim = new Claim({
    commitment: PaymentId.commitment(pid),
    tokenHash: ServiceToken.hash(token),
    format,
    keyId: isKeyed ? keys.current.id : null,
    transactionId,
    claimedAtMillis
  })
  return { token, claim }
}

/** The token of a claim again. A lost key is a defect: the claim says that a token exists. */
export const sameToken = (
  keys: TokenKeys["Service"],
  pid: PaymentId,
  { format, keyId, tokenHash, transactionId }: Claim
): Effect.Effect<ServiceToken> => {
  const token = format === 1
    ? Option.some(ServiceToken.plain(pid, transactionId))
    : Option.map(keys.byId(keyId ?? ""), (key) => keyed(key, pid, transactionId))
  return Option.match(Option.filter(token, (token) => equalHexInConstantTime(ServiceToken.hash(token), tokenHash)), {
    onNone: () => Effect.die(new TokenKeyLost({ keyId })),
    onSome: Effect.succeed
  })
}
