/** Reads what accounts held: statements, balances at some point, and sums over all accounts. */
import type { AccountCode, Entry, LedgerStore, TrialBalance } from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { type RawBuilder, sql } from "kysely"
import { decoded } from "../decoded.ts"
import { asStorageError } from "../failures.ts"
import type { Bench } from "./Bench.ts"
import { selectTransfers } from "./readTransfers.ts"
import { balanceOf, type TransferRow } from "./rows.ts"
import type { StoredEntry, TotalsRow } from "./Tables.ts"

type Store = LedgerStore["Service"]
type Balance = Omit<Entry, "transfer">

const figures = [
  "debits_posted_minor",
  "debits_pending_minor",
  "credits_posted_minor",
  "credits_pending_minor"
] as const

/** A sum in two halves of 32 bits, as sums can exceed 64 bits, where SQLite would fail. PostgreSQL gives them as text. */
type Halves = Readonly<Record<`${keyof TotalsRow}_${"high" | "low"}`, bigint | string | null>>

const halves = (figure: keyof TotalsRow, of: RawBuilder<unknown>) => [
  sql<string>`sum((${of}) >> 32)`.as(`${figure}_high`),
  sql<string>`sum((${of}) & 4294967295)`.as(`${figure}_low`)
]

const whole = (row: Halves, figure: keyof TotalsRow): bigint =>
  (BigInt(row[`${figure}_high`] ?? 0n) << 32n) + BigInt(row[`${figure}_low`] ?? 0n)

const sumsOf = (row: Halves): TotalsRow => ({
  debits_posted_minor: whole(row, "debits_posted_minor"),
  debits_pending_minor: whole(row, "debits_pending_minor"),
  credits_posted_minor: whole(row, "credits_posted_minor"),
  credits_pending_minor: whole(row, "credits_pending_minor")
})

const idOf = ({ queries: { build } }: Bench, code: AccountCode) =>
  build.selectFrom("account").select("id").where("code", "=", code)

const pageOfEntries = (bench: Bench, { account, after = 0n, limit }: Parameters<Store["statement"]>[0]) =>
  selectTransfers(bench).innerJoin("entry as e", "e.sequence", "t.sequence")
    .select(["e.version", ...figures.map((figure) => `e.${figure}` as const)])
    .where("e.account_id", "=", idOf(bench, account)).where("e.version", ">", after)
    .orderBy("e.version").limit(limit)

const lastEntry = (bench: Bench, account: AccountCode, sequence: bigint) =>
  bench.queries.build.selectFrom("entry as e").select(["e.version", ...figures.map((figure) => `e.${figure}` as const)])
    .where("e.account_id", "=", idOf(bench, account)).where("e.sequence", "<=", sequence)
    .orderBy("e.sequence", "desc").limit(1)

/** Each entry counts by what it changed: its figures less those of the entry before it. */
const movementsUpTo = (bench: Bench, account: AccountCode, effectiveAtMillis: number) =>
  bench.queries.build.selectFrom("entry as e")
    .innerJoin("transfer as t", "t.sequence", "e.sequence")
    .leftJoin(
      "entry as p",
      (join) => join.onRef("p.account_id", "=", "e.account_id").on("p.version", "=", sql<bigint>`e.version - 1`)
    )
    .select(({ fn }) => [
      fn.countAll<bigint>().as("version"),
      ...figures.flatMap((figure) =>
        halves(figure, sql`${sql.ref(`e.${figure}`)} - coalesce(${sql.ref(`p.${figure}`)}, 0)`)
      )
    ])
    .where("e.account_id", "=", idOf(bench, account))
    .where("t.effective_at_millis", "<=", BigInt(effectiveAtMillis))

const trialBalance = ({ queries: { build } }: Bench) =>
  build.selectFrom("account").select("asset")
    .select(figures.flatMap((figure) => halves(figure, sql.ref(figure))))
    .groupBy("asset").orderBy("asset")

const trialBalanceOf = (row: Halves & { readonly asset: string }): TrialBalance => {
  const sums = sumsOf(row)
  return {
    asset: row.asset,
    debitsPostedMinor: sums.debits_posted_minor,
    creditsPostedMinor: sums.credits_posted_minor,
    debitsPendingMinor: sums.debits_pending_minor,
    creditsPendingMinor: sums.credits_pending_minor
  }
}

/** The methods that read balances. */
export const makeBalanceQueries = (bench: Bench): Pick<Store, "statement" | "balanceAt" | "trialBalance"> => {
  const { queries: { all, first }, transferOf } = bench
  const entryOf = (row: TransferRow & TotalsRow & Pick<StoredEntry, "version">, account: AccountCode): Entry => ({
    transfer: transferOf(row),
    ...balanceOf(row, account)
  })
  const bySequence = (account: AccountCode, sequence: bigint) =>
    Effect.map(
      first(lastEntry(bench, account, sequence)),
      (row) => row === undefined ? Option.none<Balance>() : Option.some(balanceOf(row, account))
    )
  const byEffectiveTime = (account: AccountCode, effectiveAtMillis: number) =>
    Effect.map(first(movementsUpTo(bench, account, effectiveAtMillis)), (row) =>
      row === undefined || row.version === 0n
        ? Option.none<Balance>()
        : Option.some(balanceOf({ version: row.version, ...sumsOf(row as unknown as Halves) }, account)))
  return {
    statement: (query) =>
      asStorageError("LedgerStore.statement")(
        decoded(all(pageOfEntries(bench, query)), (row) => entryOf(row, query.account))
      ),
    balanceAt: (account, at) =>
      asStorageError("LedgerStore.balanceAt")(
        "sequence" in at ? bySequence(account, at.sequence) : byEffectiveTime(account, at.effectiveAtMillis)
      ),
    trialBalance: asStorageError("LedgerStore.trialBalance")(
      decoded(all(trialBalance(bench)), (row) => trialBalanceOf(row as unknown as Parameters<typeof trialBalanceOf>[0]))
    )
  }
}
