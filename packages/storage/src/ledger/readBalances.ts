/** Reads what accounts held: statements, balances at some point, and sums over all accounts. */
import type { AccountCode, Entry, LedgerStore, TrialBalance } from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { decoded } from "../decoded.ts"
import { asStorageError } from "../failures.ts"
import type { Bench } from "./Bench.ts"
import { selectTransfers } from "./readTransfers.ts"
import { balanceOf, type TransferRow } from "./rows.ts"
import { makeBalanceByEffect } from "./spans/balanceByEffect.ts"
import { figures, type Halves, halves, sumsOf } from "./spans/sums.ts"
import type { StoredEntry, TotalsRow } from "./Tables.ts"

type Store = LedgerStore["Service"]
type Balance = Omit<Entry, "transfer">

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

const trialBalance = `SELECT asset, ${figures.map((figure) => halves(figure, figure)).join(", ")}
  FROM account GROUP BY asset ORDER BY asset`

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
  const { queries: { all, build, first }, transferOf } = bench
  const entryOf = (row: TransferRow & TotalsRow & Pick<StoredEntry, "version">, account: AccountCode): Entry => ({
    transfer: transferOf(row),
    ...balanceOf(row, account)
  })
  const bySequence = (account: AccountCode, sequence: bigint) =>
    Effect.map(
      first(lastEntry(bench, account, sequence)),
      (row) => row === undefined ? Option.none<Balance>() : Option.some(balanceOf(row, account))
    )
  const sum = makeBalanceByEffect(bench)
  const byEffectiveTime = Effect.fnUntraced(function*(code: AccountCode, effectiveAtMillis: number) {
    const account = yield* first(build.selectFrom("account").select(["id", "version"]).where("code", "=", code))
    const counted = account === undefined ? undefined : yield* sum(account, BigInt(effectiveAtMillis))
    return counted === undefined || counted.version === 0n
      ? Option.none<Balance>()
      : Option.some(balanceOf(counted, code))
  })
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
      decoded(bench.sql.unsafe<Halves & { readonly asset: string }>(trialBalance), trialBalanceOf)
    )
  }
}
