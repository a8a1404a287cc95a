/** Converts values on their way to and from PostgreSQL. */
import { type CustomTypesConfig, types as builtIn } from "pg"

/** 2^16 - 1: `pg` counts parameters in 16 bits and wraps without a word. */
export const maximumParameters = 65_535

const int8Array = 1016
const textsOf = builtIn.getTypeParser(int8Array as never) as (text: string) => ReadonlyArray<string | null>

const parsers: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  // int8 and int2; int4 stays a number, as modules of effect expect.
  [20, BigInt],
  [21, BigInt],
  // `pg` leaves its elements as texts.
  [int8Array, (text) => textsOf(text).map((each) => each === null ? null : BigInt(each))],
  // timestamp without a zone: sessions run in UTC, where `pg` would read it in the local zone.
  [1114, (text) => new Date(`${text.replace(" ", "T")}Z`)],
  // date
  [1082, (text) => text]
])

/** Parsers of one pool; those of `pg.types` would hold for the whole process. */
export const types: CustomTypesConfig = {
  getTypeParser:
    ((oid: number, format: "text" | "binary") =>
      (format === "binary" ? undefined : parsers.get(oid)) ?? builtIn.getTypeParser(oid, format)) as never
}

/**
 * Converts before `pg` does: an error inside it, while it binds, leaves a prepared statement broken for good.
 * Arrays become PostgreSQL arrays, other objects JSON.
 */
export const bind = (value: unknown): unknown => {
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  if (Array.isArray(value)) return value.map(bind)
  return value !== null && typeof value === "object" ? JSON.stringify(value) : value
}
