/** Reads transfers out of the log: one by its id, or a page of those that meet conditions. */
import type { LedgerStore, TransferQuery } from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { decoded } from "../decoded.ts"
import { asStorageError } from "../failures.ts"
import type { Bench } from "./Bench.ts"
import { makeSearch } from "./search/search.ts"

/** A query for transfers that other conditions can be added to. */
export const selectTransfers = ({ queries: { build } }: Pick<Bench, "queries">) =>
  build.selectFrom("transfer as t")
    .innerJoin("account as d", "d.id", "t.debit_id")
    .innerJoin("account as c", "c.id", "t.credit_id")
    .selectAll("t").select(["d.code as debit", "c.code as credit"])

/** No stored text holds a NUL, and PostgreSQL would refuse to look for one. */
const asksForNul = ({ metadata = {}, reason = "", reference = "" }: TransferQuery): boolean =>
  [reason, reference, ...Object.entries(metadata).flat()].some((text) => text.includes("\0"))

/** The methods that read transfers. */
export const makeTransferQueries = (bench: Bench): Pick<LedgerStore["Service"], "transfer" | "transfers"> => {
  const { dialect: { uuid }, queries: { all }, transferOf } = bench
  const search = makeSearch(bench)
  return {
    transfer: (id) =>
      decoded(all(selectTransfers(bench).where("t.id", "=", uuid.encode(id))), transferOf).pipe(
        Effect.map(([transfer]) => Option.fromUndefinedOr(transfer)),
        asStorageError("LedgerStore.transfer")
      ),
    transfers: (query) =>
      asksForNul(query)
        ? Effect.succeed([])
        : asStorageError("LedgerStore.transfers")(decoded(search(query), transferOf))
  }
}
