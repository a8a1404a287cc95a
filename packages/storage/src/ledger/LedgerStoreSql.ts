/** Keeps the ledger on SQLite or PostgreSQL. */
import { boundPages, LedgerStore } from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Database from "../Database.ts"
import { makeAccountCommands, makeAccountQueries } from "./accounts.ts"
import { makeBench } from "./Bench.ts"
import { followPosting } from "./log/followPosting.ts"
import { makePosting } from "./posting/posting.ts"
import { makeBalanceQueries } from "./readBalances.ts"
import { makeTransferQueries } from "./readTransfers.ts"
import { withSpans } from "./spans/writeSpans.ts"
import { makeVerify } from "./verify.ts"

/**
 * The ledger on the database at hand. Its rules are those of the domain: it locks the accounts of a batch in the order of
 * their codes, loads what the batch refers to, lets `LedgerRules` decide and writes the decision. The count of transfers is
 * locked last, so that the order of the log is the order of commits in any number of processes. A transaction that posts
 * twice holds that lock in between: better one `post` with all its sets, after every other row was locked.
 */
export const layer: Layer.Layer<LedgerStore, never, Database.Services> = Layer.effect(
  LedgerStore,
  Effect.gen(function*() {
    const bench = yield* withSpans(yield* makeBench)
    return boundPages({
      ...makeAccountCommands(bench),
      ...yield* makePosting(yield* followPosting(bench)),
      ...makeAccountQueries(bench),
      ...makeTransferQueries(bench),
      ...makeBalanceQueries(bench),
      verify: makeVerify(bench)
    })
  })
)
