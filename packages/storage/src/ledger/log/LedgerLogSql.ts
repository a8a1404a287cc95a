/** Proves transfers from the log that posting writes, on SQLite or PostgreSQL. */
import { LedgerLog, LogError, type SignedHead, type TransferId } from "@purser/domain/ledger"
import type { StorageError } from "@purser/domain/transaction"
import { type Hash, type Plan, planConsistency, planInclusion, planRoot } from "@purser/domain/transparency"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import type { SqlError } from "effect/sql/SqlError"
import type * as Database from "../../Database.ts"
import { asStorageError } from "../../failures.ts"
import { hexOf } from "../../hex.ts"
import { type Bench, makeBench } from "../Bench.ts"
import { selectTransfers } from "../readTransfers.ts"
import type { Tables } from "../Tables.ts"
import { makeGrowTree } from "./growTree.ts"
import { leafOf, saltOf } from "./leaf.ts"
import { readPlan } from "./readTiles.ts"

type Log = LedgerLog["Service"]
type Failure = LogError | SqlError | StorageError

const refused = (reason: LogError["reason"], detail: string) => Effect.fail(new LogError({ reason, detail }))

/** What every method stands on: `hashes` of a plan in a tree that is at least that large. */
interface Tree {
  readonly size: Effect.Effect<bigint, SqlError>
  readonly hashes: (plan: Plan, size: bigint) => Effect.Effect<ReadonlyArray<Hash>, Failure>
}

const makeTree = (bench: Bench): Tree => {
  const { queries: { build, first } } = bench
  const growTree = makeGrowTree(bench)
  return {
    size: Effect.map(
      first(build.selectFrom("head").select("last").where("name", "=", "ledger")),
      (row) => row?.last ?? 0n
    ),
    hashes: Effect.fnUntraced(function*(plan, size) {
      const grown = yield* growTree
      if (size > grown.size) return yield* refused("SizeBeyondLog", `${size} of ${grown.size} transfers`)
      const found = yield* readPlan(bench, grown, plan)
      return Result.isSuccess(found) ? found.success : yield* refused("TreeIsIncomplete", found.failure.message)
    })
  }
}

/** A transfer with what the log has of it. */
const makeFindLogged = (bench: Bench) => (id: TransferId) =>
  Effect.gen(function*() {
    const query = selectTransfers(bench).where("t.id", "=", bench.dialect.uuid.encode(id))
    const row = yield* bench.queries.first(query)
    if (row === undefined) return yield* refused("TransferNotFound", id)
    const transfer = bench.transferOf(row)
    const salt = saltOf(row.salt)
    return { transfer, salt, isOther: row.leaf !== null && hexOf(row.leaf) !== leafOf(transfer, salt) }
  })

/** A row that is not what was logged is not shown: nothing would lead from it to a root that was signed. */
const makeInclusion = (bench: Bench, tree: Tree) => {
  const find = makeFindLogged(bench)
  return Effect.fnUntraced(function*(id: TransferId, size: bigint) {
    const there = yield* tree.size
    if (size > there) return yield* refused("SizeBeyondLog", `${size} of ${there} transfers`)
    const { isOther, salt, transfer } = yield* find(id)
    if (transfer.sequence > size) return yield* refused("TransferBeyondSize", `${transfer.sequence} is after ${size}`)
    if (isOther) return yield* refused("RecordDiffersFromLog", `transfer ${id}`)
    return { transfer, salt, hashes: yield* tree.hashes(planInclusion(transfer.sequence - 1n, size), size) }
  })
}

const makeConsistency = (tree: Tree) =>
  Effect.fnUntraced(function*(from: bigint, to: bigint) {
    if (from < 1n) return yield* refused("ConsistencyFromNothing", "every log continues an empty one")
    if (from > to) return yield* refused("SizesOutOfOrder", `${from} to ${to}`)
    return yield* tree.hashes(planConsistency(from, to), to)
  })

const headOf = (row: Tables["signed_head"] | undefined): Option.Option<SignedHead> =>
  row === undefined
    ? Option.none()
    : Option.some({ size: row.size, note: row.note, signedAtMillis: Number(row.signed_at_millis) })

const makeHeads = ({ queries: { build, first, run } }: Bench) => {
  const heads = build.selectFrom("signed_head").selectAll()
  const signedHead = (size: bigint) => Effect.map(first(heads.where("size", "=", size)), headOf)
  const keep = ({ note, signedAtMillis, size }: SignedHead) =>
    run(
      build.insertInto("signed_head").values({ size, note, signed_at_millis: BigInt(signedAtMillis) })
        .onConflict((conflict) => conflict.column("size").doNothing())
    )
  return {
    signedHead,
    lastSignedHead: Effect.map(first(heads.orderBy("size", "desc").limit(1)), headOf),
    // Rows never change, so that whoever was first is found by all.
    keepHead: (head: SignedHead) =>
      Effect.map(Effect.andThen(keep(head), signedHead(head.size)), Option.getOrElse(() => head))
  }
}

/** The log over a bench. */
export const makeLedgerLog = (bench: Bench): Log => {
  const tree = makeTree(bench)
  const heads = makeHeads(bench)
  const inclusion = makeInclusion(bench, tree)
  const consistency = makeConsistency(tree)
  return {
    size: asStorageError("LedgerLog.size")(tree.size),
    root: (size) => asStorageError("LedgerLog.root")(Effect.map(tree.hashes(planRoot(size), size), ([root]) => root!)),
    inclusion: (id, size) => asStorageError("LedgerLog.inclusion")(inclusion(id, size)),
    consistency: (from, to) => asStorageError("LedgerLog.consistency")(consistency(from, to)),
    signedHead: (size) => asStorageError("LedgerLog.signedHead")(heads.signedHead(size)),
    lastSignedHead: asStorageError("LedgerLog.lastSignedHead")(heads.lastSignedHead),
    keepHead: (head) => asStorageError("LedgerLog.keepHead")(heads.keepHead(head))
  }
}

/**
 * The log on the database at hand. Its tree is kept in tiles that are written once they are full, behind the posting or by
 * the first who reads; the leaves after the last full tile are read from the transfers. So a proof reads a few tiles however
 * long the log is.
 */
export const layer: Layer.Layer<LedgerLog, never, Database.Services> = Layer.effect(
  LedgerLog,
  Effect.map(makeBench, makeLedgerLog)
)
