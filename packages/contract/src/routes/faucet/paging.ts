/** Declares how lists are asked for, page by page. */
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"

/** How many rows: a whole number from 1 to `most`, at most 999. */
export const limitOf = ({ most, usual }: { readonly most: number; readonly usual: number }) => {
  const expected = `a whole number from 1 to ${most}`
  return Schema.optionalKey(
    Schema.String.check(
      Schema.isPattern(/^[1-9][0-9]{0,2}$/u, { expected }),
      Schema.makeFilter((text) => Number(text) <= most ? undefined : `expected ${expected}`)
    ).annotate({ description: `Most rows of the page, ${usual} unless given, at most ${most}.` }).pipe(
      Schema.decodeTo(Schema.Int, SchemaTransformation.transform({ decode: Number, encode: String }))
    )
  )
}

/** Where the page before ended. */
export const Cursor = Schema.optionalKey(
  Schema.String.check(Schema.isPattern(/^[\x21-\x7e]{1,200}$/u, { expected: "the next of the page before" })).annotate({
    description: "The `next` of the page before; pages do not shift while rows are added."
  })
)

/** What to send as `cursor` for the page after this one; null on the last. */
export const Next = Schema.NullOr(Schema.String).annotate({
  description: "What to send as `cursor` for the page after this one; null on the last.",
  examples: [null]
})

/** A yes or no in a query. */
export const Flag = Schema.Literals(["true", "false"]).pipe(
  Schema.decodeTo(
    Schema.Boolean,
    SchemaTransformation.transform({
      decode: (text) => text === "true",
      encode: (is): "true" | "false" => is ? "true" : "false"
    })
  )
)
