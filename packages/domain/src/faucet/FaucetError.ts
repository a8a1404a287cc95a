/** Lists how the use cases of the faucet refuse. */
import * as Data from "effect/Data"

/** What was given is no address; `why` is the rail's word for it, such as `Checksum`. */
export class AddressMalformed extends Data.TaggedError("AddressMalformed")<{ readonly why: string }> {
  override get message(): string {
    return `this is no address: ${this.why}`
  }
}

/** There is no such player, or it was erased. */
export class PlayerUnknown extends Data.TaggedError("PlayerUnknown")<{ readonly player: string }> {
  override get message(): string {
    return "there is no such player"
  }
}

/**
 * Why a player is not erased.
 *
 * - `UnderReview`: signs of abuse wait for an admin, or were confirmed; who is erased would come back as nobody.
 * - `PayoutUnderWay`: a payout is queued, or its block may land; it is over when that is confirmed or failed.
 */
export class EraseRefused extends Data.TaggedError("EraseRefused")<{
  readonly player: string
  readonly why: "UnderReview" | "PayoutUnderWay"
}> {
  override get message(): string {
    return this.why === "PayoutUnderWay"
      ? "a payout is under way; try again when it is confirmed"
      : "signs of abuse are under review; an admin has to clear them first"
  }
}

/** There is no such payout. */
export class PayoutUnknown extends Data.TaggedError("PayoutUnknown")<{ readonly payout: string }> {
  override get message(): string {
    return "there is no such payout"
  }
}

/** Somebody changed the config meanwhile; read it again. */
export class ConfigChanged extends Data.TaggedError("ConfigChanged")<{ readonly version: number }> {
  override get message(): string {
    return `the config is at version ${this.version} by now`
  }
}
