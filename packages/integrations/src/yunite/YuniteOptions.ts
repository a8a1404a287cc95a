/** Declares where Yunite is reached and how patient to be with it. */
import type * as Redacted from "effect/Redacted"
import type { DiscordId } from "../discord/DiscordId.ts"

/** Whose links are looked up, and the limits of one exchange. */
export interface YuniteOptions {
  readonly guildId: DiscordId
  readonly token: Redacted.Redacted<string>
  /** Such as `https://yunite.xyz/api`; nobody is asked who was not named. */
  readonly url: string
  /** Ids in one question; 1 to 50, and 50 unless given. */
  readonly batchMost?: number
  /** For one exchange; 15,000 unless given. */
  readonly timeoutMillis?: number
  /** The longest wait that Yunite may ask for before the look-up fails instead; 30,000 unless given. */
  readonly waitMostMillis?: number
  /** Largest answer in bytes; 1 MiB unless given. */
  readonly bytesMost?: number
}
