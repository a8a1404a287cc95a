/** Brands the id of an Epic account. */
import * as Schema from "effect/Schema"

/** 32 hexadecimal digits in lower case. */
export const EpicId = Schema.String.check(Schema.isPattern(/^[0-9a-f]{32}$/u)).pipe(Schema.brand("EpicId"))

/** The id of an Epic account. */
export type EpicId = typeof EpicId.Type
