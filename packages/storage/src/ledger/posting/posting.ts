/** Posts batches and expires holds, each in the shortest way that is safe. */
import type { LedgerStore, LinkedSet, Outcome, TransferId } from "@purser/domain/ledger"
import type { StorageError } from "@purser/domain/transaction"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import { sql } from "kysely"
import { asStorageError } from "../../failures.ts"
import type { Bench } from "../Bench.ts"
import { holdStates } from "../rows.ts"
import { makeBookAtOnce, type Plan } from "./bookAtOnce.ts"
import { makeBookErrands } from "./bookErrands.ts"
import { expiryTask, makeBookLocked, postTask } from "./bookLocked.ts"
import { KnownAccounts } from "./KnownAccounts.ts"
import { type InTurn, makePostingLane } from "./PostingLane.ts"
import { makePostWith } from "./postWith.ts"

type Store = LedgerStore["Service"]
type Sets = ReadonlyArray<LinkedSet>
type Post = (sets: Sets) => Effect.Effect<ReadonlyArray<Outcome>, StorageError>
type PostInTurn = (sets: Sets, inTurn: InTurn) => ReturnType<Post>

/** The state is written out, as a parameter would hide from the planners that the index of pending holds fits. */
const pending = sql<bigint>`${sql.lit(Number(holdStates.codeOf("pending")))}`

const due = ({ queries: { build } }: Bench, nowMillis: number, limit: number) =>
  build.selectFrom("hold").select("id")
    .where("state", "=", pending)
    .where("expires_at_millis", "is not", null)
    .where("expires_at_millis", "<=", BigInt(nowMillis))
    .orderBy("expires_at_millis").orderBy("id").limit(limit)

/** From how many callers on it pays to decide on some while others are written: less than what a commit takes. */
const enoughAhead = 64

const makeBookPost = (bench: Bench) => {
  const book = makeBookLocked(bench, "LedgerStore.post")
  return (sets: Sets) => book(postTask(sets))
}

/** A plan, and how often remembered accounts had been forgotten when it was made. */
interface Planned {
  readonly planned: Plan | undefined
  readonly losses: number
}

/**
 * Outside a transaction: at once where the database can and nothing stands against it. What is decided before the batch has
 * its turn is decided again when a batch before it was not booked as it was expected to be.
 */
const makeFreePost = (bench: Bench, book: ReturnType<typeof makeBookPost>): PostInTurn => {
  const { writeAtOnce } = bench.dialect
  if (writeAtOnce === undefined) {
    return (sets, inTurn) => inTurn(Effect.map(book(sets), ({ decision }) => decision.outcomes))
  }
  const known = new KnownAccounts()
  const { plan, write } = makeBookAtOnce(bench, known, writeAtOnce)
  const locked = (sets: Sets): ReturnType<Post> =>
    Effect.map(book(sets), ({ accounts, decision }) => {
      known.keep(accounts, decision)
      return decision.outcomes
    })
  /** Whatever else than the plan is booked, or may be, others must not decide on what it was expected to leave. */
  const perform = (sets: Sets, planned: Plan | undefined): ReturnType<Post> =>
    planned === undefined ? locked(sets) : Effect.flatMap(
      Effect.onError(write(planned), () => Effect.sync(() => known.forget())),
      (outcomes) => {
        if (outcomes !== undefined) return Effect.succeed(outcomes)
        known.forget()
        return locked(sets)
      }
    )
  // One after the other, also where accounts have to be looked at: each rests on what the one before leaves.
  const planning = Semaphore.makeUnsafe(1)
  const prepare = (sets: Sets): Effect.Effect<Planned, StorageError> =>
    planning.withPermits(1)(Effect.map(plan(sets), (planned) => ({ planned, losses: known.losses })))
  return (sets, inTurn) =>
    Effect.flatMap(prepare(sets), (ready) =>
      inTurn(Effect.suspend(() => {
        if (known.losses === ready.losses) return perform(sets, ready.planned)
        // What others have decided on since then rests on a batch that comes after this one.
        known.forget()
        return Effect.flatMap(prepare(sets), ({ planned }) => perform(sets, planned))
      })))
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
    const lane = yield* makePostingLane(
      makeBookErrands(bench, { alone: makeFreePost(bench, book), within }),
      bench.dialect.writeAtOnce === undefined ? Number.POSITIVE_INFINITY : enoughAhead
    )
    const isWithin = (context: Context.Context<never>): boolean =>
      Context.getOrUndefined(context, bench.sql.transactionService) !== undefined
    const post: Post = (sets) =>
      sets.length === 0
        ? Effect.succeed([])
        : Effect.contextWith((context: Context.Context<never>) => isWithin(context) ? within(sets) : lane({ sets }))
    return { post, postWith: makePostWith(bench, { lane, post, isWithin }), expireHolds: makeExpireHolds(bench) }
  })
