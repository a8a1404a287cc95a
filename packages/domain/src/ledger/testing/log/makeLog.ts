/** Keeps the log of a ledger in memory: it is computed from the transfers whenever it is asked. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import type { MemoryState } from "../../../transaction/testing/index.ts"
import {
  type Hash,
  hashesOf,
  leafHash,
  type Node,
  nodeHash,
  type Plan,
  planConsistency,
  planInclusion,
  planRoot
} from "../../../transparency/index.ts"
import { type Inclusion, type LedgerLog, LogError, type LogSalt, recordOf, type SignedHead } from "../../log/index.ts"

type Transfer = Inclusion["transfer"]
type TransferId = Transfer["id"]

/** What the log reads of the books. */
export interface LoggedBooks {
  /** All transfers, oldest first. */
  readonly log: () => ReadonlyArray<Transfer>
  readonly saltOf: (id: TransferId) => LogSalt
  readonly transfers: { readonly get: (id: TransferId) => Transfer | undefined }
}

type Answer<A> = Result.Result<A, LogError>

const refused = (reason: LogError["reason"], detail: string) => Result.fail(new LogError({ reason, detail }))

/** Hash of a complete subtree, from the leaves up. */
const nodeOver = (leaves: ReadonlyArray<Hash>) => {
  const read = ({ index, level }: Node): Hash | undefined => {
    if (level === 0) return leaves[Number(index)]
    const left = read({ level: level - 1, index: index * 2n })
    const right = read({ level: level - 1, index: index * 2n + 1n })
    return left === undefined || right === undefined ? undefined : nodeHash(left, right)
  }
  return read
}

const isBeyond = (size: bigint, log: ReadonlyArray<Transfer>) => size > BigInt(log.length)
const beyond = (size: bigint, log: ReadonlyArray<Transfer>) =>
  refused("SizeBeyondLog", `${size} of ${log.length} transfers`)

/** The log over the books, and the heads that were signed. */
export const makeLog = (state: MemoryState["Service"], books: LoggedBooks): LedgerLog["Service"] => {
  const heads = state.table<bigint, SignedHead>()
  const compute = (plan: Plan): Answer<ReadonlyArray<Hash>> => {
    const leaves = books.log().map((transfer) => leafHash(recordOf(transfer, books.saltOf(transfer.id))))
    return Result.mapError(
      hashesOf(plan, nodeOver(leaves)),
      ({ message }) => new LogError({ reason: "TreeIsIncomplete", detail: message })
    )
  }
  const root = (size: bigint): Answer<Hash> =>
    isBeyond(size, books.log()) ? beyond(size, books.log()) : Result.map(compute(planRoot(size)), ([hash]) => hash!)
  const inclusion = (id: TransferId, size: bigint) => {
    if (isBeyond(size, books.log())) return beyond(size, books.log())
    const transfer = books.transfers.get(id)
    if (transfer === undefined) return refused("TransferNotFound", id)
    if (transfer.sequence > size) return refused("TransferBeyondSize", `${transfer.sequence} is after ${size}`)
    const plan = planInclusion(transfer.sequence - 1n, size)
    return Result.map(compute(plan), (hashes) => ({ transfer, salt: books.saltOf(id), hashes }))
  }
  const consistency = (from: bigint, to: bigint) => {
    if (from < 1n) return refused("ConsistencyFromNothing", "every log continues an empty one")
    if (from > to) return refused("SizesOutOfOrder", `${from} to ${to}`)
    return isBeyond(to, books.log()) ? beyond(to, books.log()) : compute(planConsistency(from, to))
  }
  const ask = <A>(body: () => Answer<A>) => Effect.flatMap(state.statement(body), Effect.fromResult)
  return {
    size: state.statement(() => BigInt(books.log().length)),
    root: (size) => ask(() => root(size)),
    inclusion: (id, size) => ask(() => inclusion(id, size)),
    consistency: (from, to) => ask(() => consistency(from, to)),
    signedHead: (size) => state.statement(() => Option.fromUndefinedOr(heads.get(size))),
    lastSignedHead: state.statement(() =>
      Option.fromUndefinedOr([...heads.values()].sort((left, right) => left.size < right.size ? 1 : -1)[0])
    ),
    keepHead: (head) =>
      state.statement(() => {
        const kept = heads.get(head.size) ?? head
        heads.set(head.size, kept)
        return kept
      })
  }
}
