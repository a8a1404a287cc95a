/** Posts batches and expires holds, each in the shortest way that is safe. */
import type { LedgerStore, LinkedSet, Outcome, TransferId } from "@purser/domain/ledger"
import type { StorageError } from "@purser/domain/transaction"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { sql } from "kysely"
import { asStorageError } from "../../failures.ts"
import type { Bench } from "../Bench.ts"
import { holdStates } from "../rows.ts"
import { makeBookAtOnce } from "./bookAtOnce.ts"
import { makeBookErrands } from "./bookErrands.ts"
import { expiryTask, makeBookLocked, postTask } from "./bookLocked.ts"
import { KnownAccounts } from "./KnownAccounts.ts"
import { makePostingLane } from "./PostingLane.ts"
import { makePostWith } from "./postWith.ts"

type Store = LedgerStore["Service"]
type Sets = ReadonlyArray<LinkedSet>
type Post = (sets: Sets) => Effect.Effect<ReadonlyArray<Outcome>, StorageError>

/** The state is written out, as a parameter would hide from the planners that the index of pending holds fits. */
const pending = sql<bigint>`${sql.lit(Number(holdStates.codeOf("pending")))}`

const due = ({ queries: { build } }: Bench, nowMillis: number, limit: number) =>
  build.selectFrom("hold").select("id")
    .where("state", "=", pending)
    .where("expires_at_millis", "is not", null)
    .where("expires_at_millis", "<=", BigInt(nowMillis))
    .orderBy("expires_at_millis").orderBy("id").limit(limit)

const makeBookPost = (bench: Bench) => {
  const book = makeBookLocked(bench, "LedgerStore.post")
  return (sets: Sets) => book(postTask(sets))
}

/** Outside a transaction: at once where the database can and nothing stands against it. */
const makeFreePost = (bench: Bench, book: ReturnType<typeof makeBookPost>): Post => {
  const { writeAtOnce } = bench.dialect
  if (writeAtOnce === undefined) return (sets) => Effect.map(book(sets), ({ decision }) => decision.outcomes)
  const known = new KnownAccounts()
  const bookAtOnce = makeBookAtOnce(bench, known, writeAtOnce)
  const locked: Post = (sets) =>
    Effect.map(book(sets), ({ accounts, decision }) => {
      known.keep(accounts, decision)
      return decision.outcomes
    })
  return (sets) =>
    Effect.flatMap(bookAtOnce(sets), (outcomes) => outcomes === undefined ? locked(sets) : Effect.succeed(outcomes))
}

const makeExpireHolds = (bench: Bench) => {
  const expire = makeBookLocked(bench, "LedgerStore.expireHolds")
  return Effect.fnUntraced(function*(limit: number) {
    const rows = yield* bench.queries.all(due(bench, yield* Clock.currentTimeMillis, limit))
    const holds = rows.map(({ id }) => bench.dialect.uuid.decode(id) as TransferId)
    return holds.length === 0 ? [] : (yield* expire(expiryTask(holds))).decision.transfers
  }, asStorageError("LedgerStore.expireHolds"))
}

/** The methods that book transfers. Within a transaction they join it; else callers at the same moment share one. */
export const makePosting = (
  bench: Bench
): Effect.Effect<Pick<Store, "post" | "postWith" | "expireHolds">, never, Scope.Scope> =>
  Effect.gen(function*() {
    const book = makeBookPost(bench)
    const within: Post = (sets) =>
      sets.length === 0 ? Effect.succeed([]) : Effect.map(book(sets), ({ decision }) => decision.outcomes)
    const lane = yield* makePostingLane(makeBookErrands(bench, { alone: makeFreePost(bench, book), within }))
    const isWithin = (context: Context.Context<never>): boolean =>
      Context.getOrUndefined(context, bench.sql.transactionService) !== undefined
    const post: Post = (sets) =>
      sets.length === 0
        ? Effect.succeed([])
        : Effect.contextWith((context: Context.Context<never>) => isWithin(context) ? within(sets) : lane({ sets }))
    return { post, postWith: makePostWith(bench, { lane, post, isWithin }), expireHolds: makeExpireHolds(bench) }
  })
