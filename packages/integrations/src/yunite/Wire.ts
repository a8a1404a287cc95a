/** Describes what Yunite's registration links (v3) carry. */
import { EpicId } from "@purser/domain/rewards"
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"

/** Yunite sends 32 hex digits, in either case; in small letters once read, so that one account has one id. */
const EpicIdOfAnyCase = Schema.String.check(Schema.isPattern(/^[0-9A-Fa-f]{32}$/u)).pipe(
  Schema.decodeTo(
    EpicId,
    SchemaTransformation.transform({ decode: (text: string) => text.toLowerCase(), encode: (text) => text })
  )
)

/** Whom an entry is about; the rest of it is read apart, so that one bad entry does not spoil the others. */
export const Named = Schema.Struct({ discord: Schema.Struct({ id: Schema.String }) })

/** A link. */
export const Linked = Schema.Struct({
  epic: Schema.Struct({ epicID: EpicIdOfAnyCase, epicName: Schema.String }),
  dateVerified: Schema.DateTimeUtcFromString
})

/** The answer: `notLinked` are members of the guild without a link, `notFound` are no members. */
export const Links = Schema.fromJsonString(Schema.Struct({
  users: Schema.Array(Schema.Unknown),
  notLinked: Schema.Array(Schema.String),
  notFound: Schema.Array(Schema.String)
}))
