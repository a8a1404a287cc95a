/** Reads transfers out of the log: one by its id, or a page of those that meet conditions. */
import type { LedgerStore, Transfer, TransferQuery } from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { type Expression, type ExpressionBuilder, type SelectQueryBuilder, sql, type SqlBool } from "kysely"
import { decoded } from "../decoded.ts"
import { asStorageError } from "../failures.ts"
import type { Bench } from "./Bench.ts"
import { type CodeRange, codeRange } from "./prefix.ts"
import { kinds } from "./rows.ts"
import type { AccountRow, StoredTransfer, Tables } from "./Tables.ts"

/** Transfers `t` with their accounts `d` and `c`. */
type Named = Tables & { readonly t: StoredTransfer; readonly d: AccountRow; readonly c: AccountRow }
type Condition = (on: ExpressionBuilder<Named, "t" | "d" | "c">) => Expression<SqlBool>

/** Up to so many accounts or transfers are gathered and put in order; with more of them it is shorter to walk the log. */
const few = 1000

/** A query for transfers that other conditions can be added to. */
export const selectTransfers = ({ queries: { build } }: Pick<Bench, "queries">) =>
  build.selectFrom("transfer as t")
    .innerJoin("account as d", "d.id", "t.debit_id")
    .innerJoin("account as c", "c.id", "t.credit_id")
    .selectAll("t").select(["d.code as debit", "c.code as credit"])

const ofFewAccounts = ({ from, to }: CodeRange): Condition => (on) =>
  on(
    "t.sequence",
    "in",
    on.selectFrom("entry").select("entry.sequence").where(
      "entry.account_id",
      "in",
      on.selectFrom("account").select("account.id").where("account.code", ">=", from).where("account.code", "<", to)
    )
  )

const ofManyAccounts = ({ from, to }: CodeRange): Condition => (on) =>
  on.or([
    on.and([on("d.code", ">=", from), on("d.code", "<", to)]),
    on.and([on("c.code", ">=", from), on("c.code", "<", to)])
  ])

const withMetadata = (name: string, value: string): Condition => (on) =>
  on(
    "t.sequence",
    "in",
    on.selectFrom("transfer_metadata as m").select("m.sequence").where("m.name", "=", name).where("m.value", "=", value)
  )

/** Kinds are written out, as a parameter would hide from the planners that the index of the rarer kinds fits. */
const ofKind = (kind: Transfer["kind"]): Condition => {
  const isKind = sql<SqlBool>`t.kind = ${sql.lit(Number(kinds.codeOf(kind)))}`
  return (on) => kind === "post" ? isKind : on.and([isKind, sql<SqlBool>`t.kind <> 1`])
}

const given = <A>(asked: A | undefined, condition: (asked: A) => Condition): ReadonlyArray<Condition> =>
  asked === undefined ? [] : [condition(asked)]

const conditionsOf = (query: TransferQuery): Array<Condition> => [
  ...given(query.reference, (reference) => (on) => on("t.reference", "=", reference)),
  ...given(query.reason, (reason) => (on) => on("t.reason", "=", reason)),
  ...given(query.kind, ofKind),
  ...given(query.bookedFromMillis, (from) => (on) => on("t.booked_at_millis", ">=", BigInt(from))),
  ...given(query.bookedToMillis, (to) => (on) => on("t.booked_at_millis", "<", BigInt(to))),
  ...Object.entries(query.metadata ?? {}).map(([name, value]) => withMetadata(name, value))
]

/** Beyond every sequence. */
const beyond = 2n ** 63n - 1n

const keysets = {
  oldest_first: { isPast: ">", direction: "asc", start: 0n },
  newest_first: { isPast: "<", direction: "desc", start: beyond }
} as const

const bounded = (sequence: bigint): bigint => sequence < 0n ? 0n : sequence > beyond ? beyond : sequence

/** No stored text holds a NUL, and PostgreSQL would refuse to look for one. */
const asksForNul = ({ metadata = {}, reason = "", reference = "" }: TransferQuery): boolean =>
  [reason, reference, ...Object.entries(metadata).flat()].some((text) => text.includes("\0"))

/** How a page is found: by conditions, gathered first or met on a walk along the log. */
interface Plan {
  readonly conditions: ReadonlyArray<Condition>
  readonly gathers: boolean
}

const pageOf = (bench: Bench, query: TransferQuery, { conditions, gathers }: Plan) => {
  const { direction, isPast, start } = keysets[query.order]
  const after = bounded(query.after ?? start)
  const found = selectTransfers(bench).where((on) => on.and(conditions.map((condition) => condition(on))))
    .limit(query.limit)
  if (query.account !== undefined) {
    const account = bench.queries.build.selectFrom("account").select("id").where("code", "=", query.account)
    // Walks the entries of the account, which are in the order of sequences too.
    return found.innerJoin("entry as e", "e.sequence", "t.sequence").where("e.account_id", "=", account)
      .where("e.sequence", isPast, after).orderBy("e.sequence", direction)
  }
  // A sum is not in the order of an index, so that planners do not walk along it.
  return found.where("t.sequence", isPast, after).orderBy(gathers ? sql`t.sequence + 0` : "t.sequence", direction)
}

const countsFew = ({ queries: { all } }: Bench, rows: SelectQueryBuilder<Tables, keyof Tables, object>) =>
  Effect.map(all(rows.limit(few + 1)), ({ length }) => length <= few)

/** Whether the time that was asked for holds few transfers. */
const isShort = (bench: Bench, { bookedFromMillis, bookedToMillis }: TransferQuery) => {
  if (bookedFromMillis === undefined && bookedToMillis === undefined) return Effect.succeed(false)
  const from = bench.queries.build.selectFrom("transfer").select("sequence")
    .where("booked_at_millis", ">=", BigInt(bookedFromMillis ?? Number.MIN_SAFE_INTEGER))
  return countsFew(
    bench,
    bookedToMillis === undefined ? from : from.where("booked_at_millis", "<", BigInt(bookedToMillis))
  )
}

const conditionOf = (bench: Bench, range: CodeRange) =>
  Effect.map(
    countsFew(
      bench,
      bench.queries.build.selectFrom("account").select("id").where("code", ">=", range.from).where(
        "code",
        "<",
        range.to
      )
    ),
    (isFew) => isFew ? ofFewAccounts(range) : ofManyAccounts(range)
  )

/** The methods that read transfers. */
export const makeTransferQueries = (bench: Bench): Pick<LedgerStore["Service"], "transfer" | "transfers"> => {
  const { dialect: { uuid }, queries: { all }, transferOf } = bench
  const page = Effect.fnUntraced(function*(query: TransferQuery) {
    const range = codeRange(query.accountPrefix ?? "")
    if (range === undefined) return []
    const gathers = yield* isShort(bench, query)
    const conditions = conditionsOf(query)
    if (query.accountPrefix !== undefined) conditions.push(yield* conditionOf(bench, range))
    return yield* all(pageOf(bench, query, { conditions, gathers }))
  })
  return {
    transfer: (id) =>
      decoded(all(selectTransfers(bench).where("t.id", "=", uuid.encode(id))), transferOf).pipe(
        Effect.map(([transfer]) => Option.fromUndefinedOr(transfer)),
        asStorageError("LedgerStore.transfer")
      ),
    transfers: (query) =>
      asksForNul(query)
        ? Effect.succeed([])
        : asStorageError("LedgerStore.transfers")(decoded(page(query), transferOf))
  }
}
