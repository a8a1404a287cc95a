/** Turns a query into criteria: each can find transfers by itself, or tell of one whether it meets it. */
import type { TransferQuery } from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import type { SqlError } from "effect/sql/SqlError"
import type { Bench } from "../Bench.ts"
import { type CodeRange, codeRange } from "../prefix.ts"
import * as conditions from "./conditions.ts"
import * as sources from "./sources.ts"

/** One thing that was asked for. `source` is undefined where no index leads to it, or a walk along the log is shorter. */
export interface Criterion {
  readonly condition: conditions.Condition
  readonly source: sources.Source | undefined
  /** How far apart the transfers are on average, where that is known: so many of the log come before the next. */
  readonly apart?: bigint
}

/** The criteria of a query. Where the log is walked for accounts in vain, `manyAccounts` is the other way to find them. */
export interface Criteria {
  readonly all: ReadonlyArray<Criterion>
  readonly manyAccounts: sources.Source | undefined
}

const given = <A>(asked: A | undefined, make: (asked: A) => Criterion): ReadonlyArray<Criterion> =>
  asked === undefined ? [] : [make(asked)]

/** What needs no look at accounts, likely rare ones first. */
const plainCriteria = (bench: Bench, query: TransferQuery): ReadonlyArray<Criterion> => [
  ...given(query.reference, (text) => ({
    condition: conditions.hasReference(text),
    source: sources.ofReference(bench, text)
  })),
  ...given(query.kind, (kind) => ({
    condition: conditions.isOfKind(kind),
    source: kind === "post" ? undefined : sources.ofKind(bench, kind)
  })),
  ...Object.entries(query.metadata ?? {}).map(([name, value]) => ({
    condition: conditions.hasMetadata(name, value),
    source: sources.ofMetadata(name, value)
  })),
  ...given(
    query.reason,
    (reason) => ({ condition: conditions.hasReason(reason), source: sources.ofReason(bench, reason) })
  ),
  ...given(query.bookedFromMillis, (millis) => ({ condition: conditions.isBookedFrom(millis), source: undefined })),
  ...given(query.bookedToMillis, (millis) => ({ condition: conditions.isBookedTo(millis), source: undefined }))
]

/** Of up to so many accounts the next transfer of each is looked up at once. */
const fewAccounts = 1000
/** Accounts that one of so many transfers touches are found sooner on a walk along the log. */
const busy = 16n

const accountOf = Effect.fnUntraced(function*({ queries: { build, first } }: Bench, code: string) {
  const account = yield* first(build.selectFrom("account").select("id").where("code", "=", code))
  if (account === undefined) return undefined
  return { condition: conditions.touchesAccount(account.id), source: sources.ofAccount(account.id) }
})

const accountsOf = Effect.fnUntraced(function*(bench: Bench, range: CodeRange) {
  const { queries: { all, build, first } } = bench
  const versions = yield* all(
    build.selectFrom("account").select("version").where("code", ">=", range.from).where("code", "<", range.to)
      .limit(fewAccounts + 1)
  )
  if (versions.length === 0) return undefined
  const head = yield* first(build.selectFrom("head").select("last").where("name", "=", "ledger"))
  const apart = (head?.last ?? 0n) / versions.reduce((sum, { version }) => sum + version, 1n)
  const condition = conditions.touchesAccounts(range)
  const source = sources.ofAccounts(bench, range)
  const isFew = versions.length <= fewAccounts && apart > busy
  return { condition, source: isFew ? source : undefined, apart, manyAccounts: isFew ? undefined : source }
})

const noAccounts = { criteria: [], manyAccounts: undefined } as const

/** Makes the criteria of a query; undefined when no transfer can meet them. */
export const makeCriteria = (bench: Bench): (query: TransferQuery) => Effect.Effect<Criteria | undefined, SqlError> => {
  const ofAccount = (code: string | undefined) =>
    code === undefined
      ? Effect.succeed([])
      : Effect.map(accountOf(bench, code), (found) => found === undefined ? undefined : [found])
  const ofPrefix = (prefix = "") => {
    if (prefix === "") return Effect.succeed(noAccounts)
    const range = codeRange(prefix)
    if (range === undefined) return Effect.succeed(undefined)
    return Effect.map(
      accountsOf(bench, range),
      (found) => found === undefined ? undefined : { criteria: [found], manyAccounts: found.manyAccounts }
    )
  }
  return Effect.fnUntraced(function*(query) {
    const account = yield* ofAccount(query.account)
    const accounts = yield* ofPrefix(query.accountPrefix)
    if (account === undefined || accounts === undefined) return undefined
    return {
      all: [...plainCriteria(bench, query), ...account, ...accounts.criteria],
      manyAccounts: accounts.manyAccounts
    }
  })
}
