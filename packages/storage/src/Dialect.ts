/** Tells which database is at hand. */
import * as Context from "effect/Context"

/** The databases that every store runs on. */
export type DialectName = "sqlite" | "postgres"

/** The database behind the `SqlClient` at hand. What differs between the two is a function chosen by it, never a twist in a query. */
export class Dialect extends Context.Service<Dialect, DialectName>()("@purser/storage/Dialect") {}
