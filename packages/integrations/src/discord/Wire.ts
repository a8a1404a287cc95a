/** Describes what Discord's HTTP interface (v10) sends. */
import * as Schema from "effect/Schema"
import { DiscordId } from "./DiscordId.ts"

/** A user. `username` is neither stable nor fit to tell users apart over time; `global_name` is what others see. */
export const User = Schema.fromJsonString(Schema.Struct({
  id: DiscordId,
  username: Schema.String,
  global_name: Schema.optional(Schema.NullOr(Schema.String))
}))

/** A member of a guild. Guests have no time of joining, and whoever is pending has not accepted the rules yet. */
export const Member = Schema.fromJsonString(Schema.Struct({
  user: Schema.optional(Schema.Struct({ id: DiscordId })),
  joined_at: Schema.NullOr(Schema.DateTimeUtcFromString),
  pending: Schema.optional(Schema.Boolean)
}))

/** Discord's own refusal; the page of a proxy in between has no such form. */
export const Refusal = Schema.fromJsonString(Schema.Struct({ code: Schema.Int }))

/** Codes of Discord's refusals. */
export const refusalCode = { unknownGuild: 10_004, unknownMember: 10_007, unknownUser: 10_013 } as const
