/** Reads what was given to the simulation. */
import { type Place, placeInMemory } from "@purser/domain/ledger/testing"
import { isEmptyPostgres, placeOnPostgres, placeOnSqlite } from "@purser/storage/testing"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import { type CommandFailed, failed } from "../../terminal/CommandFailed.ts"
import { explain } from "../../terminal/explain.ts"

/** What the command takes. */
export interface Input {
  readonly seed: number
  readonly steps: number
  readonly seeds: number
  readonly store: "memory" | "sqlite" | "postgres" | "all"
  readonly databaseUrl: Option.Option<string>
  readonly racing: boolean
  readonly only: Option.Option<string>
  readonly log: boolean
  readonly json: boolean
}

/** A ledger to simulate, made anew for each run. */
export type MakePlace = Effect.Effect<Place, never, Scope.Scope>

const upTo = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, step) => step)

/** The numbers of the steps to take. */
export const stepsOf = ({ only, steps }: Input): Effect.Effect<ReadonlyArray<number>, CommandFailed> => {
  if (steps < 0) return Effect.fail(failed("--steps: expected 0 or more"))
  if (Option.isNone(only)) return Effect.succeed(upTo(steps))
  if (!/^\d{1,6}(?:,\d{1,6})*$/u.test(only.value)) return Effect.fail(failed("--only: expected steps such as 3,17,20"))
  return Effect.succeed([...new Set(only.value.split(",").map(Number))].sort((left, right) => left - right))
}

const onPostgres = (url: Option.Option<string>): Effect.Effect<MakePlace, CommandFailed> => {
  if (Option.isNone(url)) return Effect.fail(failed("--database-url: name an empty PostgreSQL database to simulate on"))
  if (!/^postgres(?:ql)?:\/\//u.test(url.value)) {
    return Effect.fail(failed("--database-url: expected an address that begins with postgres://"))
  }
  return Effect.flatMap(explain(isEmptyPostgres(url.value)), (isEmpty) =>
    isEmpty
      ? Effect.succeed(placeOnPostgres(url.value))
      : Effect.fail(failed("--database-url: the database has tables in it; a simulation takes an empty one only")))
}

/** Where the ledger lives. A database that has anything in it is refused. */
export const placesOf = ({ databaseUrl, store }: Input): Effect.Effect<ReadonlyArray<MakePlace>, CommandFailed> => {
  if (store === "memory") return Effect.succeed([placeInMemory])
  if (store === "sqlite") return Effect.succeed([placeOnSqlite()])
  return Effect.map(
    onPostgres(databaseUrl),
    (postgres) => store === "all" ? [placeInMemory, placeOnSqlite(), postgres] : [postgres]
  )
}
