/** Declares where Discord is reached, as whom, and how patient to be with it. */
import type * as Redacted from "effect/Redacted"

/** The application that users sign in to. */
export interface DiscordApplication {
  readonly id: string
  readonly secret: Redacted.Redacted<string>
}

/** Where Discord is, and the limits of one exchange. */
export interface DiscordOptions {
  /** Such as `https://discord.com/api/v10`; nobody is asked who was not named. */
  readonly apiUrl: string
  /** Of a bot that is in the guild; needed to look members up without their own tokens. */
  readonly botToken?: Redacted.Redacted<string>
  /** Needed to revoke tokens. */
  readonly application?: DiscordApplication
  /** Questions at once; 4 unless given. The others wait their turn. */
  readonly concurrency?: number
  /** For one exchange; 5,000 unless given. */
  readonly timeoutMillis?: number
  /** The longest wait that Discord may ask for before a question fails instead; 10,000 unless given. */
  readonly waitMostMillis?: number
  /** Largest answer in bytes; 1 MiB unless given. */
  readonly mostBytes?: number
}
