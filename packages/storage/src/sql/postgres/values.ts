/** Turns values into what PostgreSQL reads, and its texts into values: 64-bit integers as bigint, bytes as Uint8Array. */
import pg from "pg"

const oid = { bytes: 17, int8: 20, uuid: 2950, int8s: 1016, texts: 1009 } as const

const readBytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.slice(2), "hex"))

const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [oid.int8]: BigInt,
  [oid.bytes]: readBytes
}

/** Column parsers of one pool; the global ones are left alone. */
export const types: pg.CustomTypesConfig = {
  getTypeParser:
    ((id: number, format?: "text" | "binary") =>
      (format === "binary" ? undefined : parsers[id]) ?? pg.types.getTypeParser(id, format)) as never
}

/**
 * Written before `pg` does it itself: a throw inside its binding leaves a named statement broken for good. Arrays become
 * PostgreSQL arrays; JSON must come as text.
 */
export const bind = (value: unknown): unknown => {
  if (value === undefined) return null
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  if (Array.isArray(value)) return value.map(bind)
  if (value !== null && typeof value === "object") throw new TypeError("an object cannot be bound")
  return value
}

/** The protocol counts parameters in 16 bits, and `pg` wraps silently. */
export const mostParameters = 65_535
