/** Describes what fortnite-api.com sends. */
import * as Schema from "effect/Schema"

const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

const Overall = Schema.Struct({
  kills: Schema.NullOr(Count),
  matches: Count,
  minutesPlayed: Count,
  lastModified: Schema.optional(Schema.NullOr(Schema.String))
})

/** Each level can be null, which means that nothing is known. */
export const Lifetime = Schema.Struct({
  data: Schema.Struct({
    account: Schema.Struct({ id: Schema.String }),
    stats: Schema.NullOr(Schema.Struct({ all: Schema.NullOr(Schema.Struct({ overall: Schema.NullOr(Overall) })) }))
  })
})

/** The provider's own refusal; the page of a proxy in between has no such form. */
export const Refusal = Schema.Struct({ status: Schema.Int, error: Schema.String })
