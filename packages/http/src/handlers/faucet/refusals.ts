/** Words what keeps the use cases of the faucet from doing what was asked. */
import type { FieldError } from "@purser/contract"
import type { AddressMalformed, ConfigChanged, EraseRefused, PayoutUnknown, PlayerUnknown } from "@purser/domain/faucet"
import type { LoginRefused, SecondFactorRefused } from "@purser/domain/identity"
import type { PayoutRules } from "@purser/domain/payouts"
import type { ProviderUnavailable, WalletRules } from "@purser/domain/rewards"
import type { OutcomeRules } from "@purser/domain/risk"
import type { StorageError } from "@purser/domain/transaction"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { type Refused, refused } from "../../server/Reply.ts"

/** Everything that a use case of the faucet can refuse with. */
export type Refusal =
  | AddressMalformed
  | ConfigChanged
  | EraseRefused
  | LoginRefused
  | OutcomeRules.ReviewRefused
  | PayoutRules.PayoutRefused
  | PayoutUnknown
  | PlayerUnknown
  | ProviderUnavailable
  | SecondFactorRefused
  | WalletRules.WalletRefused

const field = (name: string, message: string): ReadonlyArray<FieldError> => [{ in: "body", field: name, message }]

const invalid = (name: string, message: string): Refused =>
  refused("invalid_request", { members: { errors: field(name, message) } })

/** What is wrong about an address, by the rail's word for it. */
export const malformedAddress = ({ why }: AddressMalformed): Refused =>
  invalid("banano_address", `expected a Banano address with a right checksum (${why})`)

const wallets: Readonly<Record<WalletRules.WalletRefusal, Refused>> = {
  BurnAddress: invalid("banano_address", "expected an address of your own: what is sent to this one is destroyed"),
  OperatorAddress: invalid("banano_address", "expected an address of your own: this one is the operator's"),
  AddressOfAnother: refused("wallet_taken", {
    members: { errors: field("banano_address", "belongs to another player") }
  }),
  TooManyChanges: refused("rate_limited", { retryAfterMillis: 3_600_000 })
}

const waitMillisDefault = 30_000

const waitMillis = (untilMillis: number | null, nowMillis: number): number =>
  untilMillis === null ? waitMillisDefault : Math.max(0, untilMillis - nowMillis)

const logins: Readonly<Record<LoginRefused["reason"], Refused>> = {
  StateMissing: refused("sign_in_expired"),
  StateMismatch: refused("sign_in_expired"),
  StateExpired: refused("sign_in_expired"),
  StateUsed: refused("sign_in_expired"),
  Denied: refused("sign_in_refused"),
  CodeRefused: refused("sign_in_refused"),
  ProviderUnavailable: refused("provider_unavailable", { retryAfterMillis: waitMillisDefault })
}

const codeProblem = (message: string): Refused =>
  refused("code_refused", { members: { errors: field("code", message) } })

const secondFactor = ({ reason, untilMillis }: SecondFactorRefused, nowMillis: number): Refused => {
  switch (reason) {
    case "SessionEnded":
      return refused("session_required")
    case "NotEnrolled":
      return refused("second_factor_missing")
    case "AlreadyEnrolled":
      return refused("second_factor_required")
    case "TooManyAttempts":
      return refused("too_many_codes", { retryAfterMillis: waitMillis(untilMillis, nowMillis) })
    case "CodeUsed":
      return codeProblem("was used before; wait for the next one")
    case "CodeWrong":
      return codeProblem("is not the code of this moment")
  }
}

const review = ({ why }: OutcomeRules.ReviewRefused): Refused =>
  why === "SignalUnknown" ? refused("review_not_found") : invalid("note", "expected 1 to 1000 characters")

const payout = ({ why }: PayoutRules.PayoutRefused): Refused =>
  refused("payout_refused", { members: { errors: field("payout_id", why) } })

const erasures = {
  UnderReview: refused("player_under_review"),
  PayoutUnderWay: refused("payout_under_way")
} as const

/** The refusal in the contract's terms. */
export const refusalOf = (refusal: Refusal, nowMillis: number): Refused => {
  switch (refusal._tag) {
    case "AddressMalformed":
      return malformedAddress(refusal)
    case "ConfigChanged":
      return refused("config_changed", {
        members: { errors: field("version", `it is at ${refusal.version} by now`) }
      })
    case "LoginRefused":
      return logins[refusal.reason]
    case "ReviewRefused":
      return review(refusal)
    case "PayoutRefused":
      return payout(refusal)
    case "EraseRefused":
      return erasures[refusal.why]
    case "PayoutUnknown":
      return refused("payout_not_found")
    case "PlayerUnknown":
      return refused("player_not_found")
    case "ProviderUnavailable":
      return refused("provider_unavailable", { retryAfterMillis: waitMillis(refusal.untilMillis, nowMillis) })
    case "SecondFactorRefused":
      return secondFactor(refusal, nowMillis)
    case "WalletRefused":
      return wallets[refusal.why]
  }
}

/** Turns what a use case refuses into a refusal of the contract. */
export const refusing = <A>(work: Effect.Effect<A, Refusal | StorageError>): Effect.Effect<A | Refused, StorageError> =>
  Effect.catch(work, (error): Effect.Effect<Refused, StorageError> =>
    error._tag === "StorageError"
      ? Effect.fail(error)
      : Effect.map(Clock.currentTimeMillis, (nowMillis) => refusalOf(error, nowMillis)))

/** Answers with what a use case came to, or with why it did not. */
export const replied = <A, Reply>(
  work: Effect.Effect<A, Refusal | StorageError>,
  reply: (done: A) => Reply
): Effect.Effect<Reply | Refused, StorageError> => refusing(Effect.map(work, reply))
