/** Decides which migrations are to run, from what the program knows and what the database says. */
import * as Result from "effect/Result"
import { type Ddl, label, type Migration } from "./Migration.ts"
import { type MigrationRefusal, MigrationRefused } from "./MigrationRefused.ts"

/** What a database says about itself. `tables` may hold others than ours. */
export interface Found {
  readonly applied: ReadonlyArray<{ readonly id: number; readonly name: string }>
  readonly tables: ReadonlyArray<string>
}

type Refused = MigrationRefused | undefined

const refuse = (reason: MigrationRefusal, subject: string): MigrationRefused =>
  new MigrationRefused({ reason, subject })

const checkIds = (migrations: ReadonlyArray<Migration>): Refused => {
  const wrong = migrations.find(({ id }, index) => id !== index + 1)
  return wrong === undefined ? undefined : refuse("Gap", label(wrong))
}

/** Every applied id is known under its name. */
const checkKnown = (migrations: ReadonlyArray<Migration>, { applied }: Found): Refused => {
  for (const ran of applied) {
    const known = migrations.find(({ id }) => id === ran.id)
    if (known === undefined) return refuse("NewerDatabase", label(ran))
    if (known.name !== ran.name) return refuse("Renamed", label(known))
  }
  return undefined
}

const checkLate = (pending: ReadonlyArray<Migration>, { applied }: Found): Refused => {
  const last = Math.max(0, ...applied.map(({ id }) => id))
  const late = pending.find(({ id }) => id < last)
  return late === undefined ? undefined : refuse("LateMigration", label(late))
}

const tablesOf = (migrations: ReadonlyArray<Migration>, ddl: Ddl): ReadonlySet<string> =>
  new Set(
    migrations.flatMap(({ statements }) => statements(ddl))
      .flatMap((statement) => /^CREATE TABLE (\w+)/u.exec(statement)?.[1] ?? [])
  )

/** Tables of ours are there if and only if the migration that makes them has run. */
const checkTables = (
  migrations: ReadonlyArray<Migration>,
  pending: ReadonlyArray<Migration>,
  { ddl, found }: { readonly ddl: Ddl; readonly found: Found }
): Refused => {
  const there = new Set(found.tables)
  const unexpected = tablesOf(pending, ddl)
  const wrong = [...tablesOf(migrations, ddl)].find((table) => there.has(table) === unexpected.has(table))
  return wrong === undefined ? undefined : refuse("HalfWritten", wrong)
}

/** The migrations to run, in order, or why none may. */
export const plan = (
  migrations: ReadonlyArray<Migration>,
  ddl: Ddl,
  found: Found
): Result.Result<ReadonlyArray<Migration>, MigrationRefused> => {
  const pending = migrations.filter(({ id }) => !found.applied.some((ran) => ran.id === id))
  const refused = checkIds(migrations) ?? checkKnown(migrations, found) ?? checkLate(pending, found) ??
    checkTables(migrations, pending, { ddl, found })
  return refused === undefined ? Result.succeed(pending) : Result.fail(refused)
}
