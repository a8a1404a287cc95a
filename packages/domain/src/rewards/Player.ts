/** Models players: who they are, and what was last found out about them. */
import * as Schema from "effect/Schema"
import { EpicId, PlayerId } from "./Accrual.ts"

/** Whether a player is in the operator's Discord server. Unknown is neither yes nor no. */
export const Membership = Schema.Literals(["member", "left", "unknown"])
export type Membership = typeof Membership.Type

/** Whether an Epic account is linked there. */
export const LinkState = Schema.Literals(["linked", "not_linked", "unknown"])
export type LinkState = typeof LinkState.Type

/** What the last reading of the stats came to. */
export const StatsState = Schema.Literals(["read", "private", "unknown"])
export type StatsState = typeof StatsState.Type

/** What the signs of abuse lead to; see `risk.OutcomeRules`. */
export const RiskOutcome = Schema.Literals(["none", "watch", "hold", "confirmed"])
export type RiskOutcome = typeof RiskOutcome.Type

/** Who asked for a verification. */
export const VerificationSource = Schema.Literals(["sign_in", "player", "admin", "refresh"])
export type VerificationSource = typeof VerificationSource.Type

/** A Discord account: 17 to 20 decimal digits. */
export const DiscordAccountId = Schema.String.check(Schema.isPattern(/^[1-9]\d{16,19}$/u)).pipe(
  Schema.brand("DiscordAccountId")
)
export type DiscordAccountId = typeof DiscordAccountId.Type

/** A coarse region, from the closed set of `risk.Region`. */
const RegionCode = Schema.String.check(Schema.isPattern(/^[A-Za-z-]{2,13}$/u))

/** A player. */
export class Player extends Schema.Class<Player>("Player")({
  /** The opaque id of the user who signs in. It stays in the books when the rest is erased. */
  id: PlayerId,
  /** Null once the player was erased. */
  discordId: Schema.NullOr(DiscordAccountId),
  /** As last seen; changes at will, so it is shown and never compared. */
  discordName: Schema.String.check(Schema.isMaxLength(100)),
  /** The account that is proven to be the player's; nobody else has it at the same time. */
  epicId: Schema.NullOr(EpicId),
  membership: Membership,
  link: LinkState,
  /** When both were last confirmed; null when they never were. */
  verifiedAtMillis: Schema.NullOr(Schema.Int),
  verifiedBy: Schema.NullOr(VerificationSource),
  stats: StatsState,
  region: RegionCode,
  risk: RiskOutcome,
  /** When kills last grew, or when the Epic account was linked; null before. */
  lastGainAtMillis: Schema.NullOr(Schema.Int),
  nextReadAtMillis: Schema.Int,
  nextVerificationAtMillis: Schema.Int,
  createdAtMillis: Schema.Int,
  erasedAtMillis: Schema.NullOr(Schema.Int),
  /** Counts changes from 0, which is a player who was never stored. */
  version: Schema.Int
}) {}

/** What one verification came to. */
export class VerificationRecord extends Schema.Class<VerificationRecord>("VerificationRecord")({
  playerId: PlayerId,
  atMillis: Schema.Int,
  source: VerificationSource,
  membership: Membership,
  link: LinkState,
  /** What was linked, even where another player has it. */
  epicId: Schema.NullOr(EpicId),
  /** `ok`; `epic_taken` when another player has the account; `unanswered` when nothing was found out. */
  outcome: Schema.Literals(["ok", "epic_taken", "unanswered"])
}) {}
