/** Finds out whether the account stands where this program left it: only then may it sign. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { LedgerError } from "../../ledger/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import type { OperatorBlock } from "../OperatorBlock.ts"
import type { BlockReference } from "../Payout.ts"
import * as PayoutPostings from "../PayoutPostings.ts"
import type { RailFrontier, RailUnavailable } from "../PayoutRail.ts"
import { post } from "./happen.ts"
import type { Office, Ports } from "./ports.ts"
import { record } from "./record.ts"

/**
 * Where the account stands.
 *
 * - `Clear`: the newest block is ours, or one that the books know: the next can follow it.
 * - `UnderWay`: the rail does not have our newest block, which is published again, or awaited; or it confirms none, and 100 wait.
 * - `ForeignBlock`: somebody else signed with this key. Nothing is signed until the books have a transfer of the wallet
 *   whose reference is that block.
 * - `Contradicted`: the rail names our newest block with a balance that this block does not leave. Nothing is signed: the
 *   amount of a send is the difference of two balances.
 */
export type Standing =
  | { readonly _tag: "Clear"; readonly frontier: RailFrontier }
  | { readonly _tag: "UnderWay"; readonly newest: BlockReference }
  | { readonly _tag: "ForeignBlock"; readonly hash: BlockReference }
  | { readonly _tag: "Contradicted"; readonly hash: BlockReference }

/** Whether the books know the block: what an operator did by hand has been booked under its hash. */
export const isBooked = ({ ledger }: Ports, hash: BlockReference): Effect.Effect<boolean, StorageError> =>
  Effect.map(
    ledger.transfers({
      account: PayoutPostings.accountsOf(false).wallet,
      reference: hash,
      order: "oldest_first",
      limit: 1
    }),
    (found) => found.length > 0
  )

const isUntouched = ({ ledger }: Ports): Effect.Effect<boolean, StorageError> =>
  Effect.map(
    ledger.account(PayoutPostings.accountsOf(false).wallet),
    Option.match({ onNone: () => true, onSome: ({ version }) => version === 0n })
  )

/**
 * Must run in a transaction. A frontier that is none of our blocks is taken for the beginning while the books of the wallet
 * are empty, and what it holds is booked; after that it is foreign until the books know it.
 */
const adopt = Effect.fnUntraced(function*(
  at: Ports,
  frontier: RailFrontier,
  newest: OperatorBlock | undefined
): Effect.fn.Return<boolean, LedgerError | StorageError> {
  if (newest === undefined && (yield* isUntouched(at))) {
    if (frontier.balanceMinor > 0n) yield* post(at, [PayoutPostings.funded(frontier.newest, frontier.balanceMinor)])
    return true
  }
  return yield* isBooked(at, frontier.newest)
})

const atOurs = Effect.fnUntraced(function*<G>(at: Office<G>, frontier: RailFrontier, newest: OperatorBlock) {
  if (BigInt(newest.balanceRaw) !== frontier.balanceRaw) return { _tag: "Contradicted", hash: newest.hash } as const
  // That it is the frontier shows that it has landed, whatever the answer was when it was published.
  if (newest.state === "stored") yield* at.act(record(at, newest, { _tag: "Looked", sight: "Seen" }))
  return { _tag: "Clear", frontier } as const
})

/** Asks the rail where the account stands. A first look at an account that holds something books what it holds. */
export const stand = Effect.fnUntraced(function*<G>(
  at: Office<G>
): Effect.fn.Return<Standing, G | LedgerError | RailUnavailable | StorageError> {
  const frontier = yield* at.rail.frontier
  const newest = yield* at.blocks.newest(at.rail.account)
  if (newest?.hash === frontier.newest) return yield* atOurs(at, frontier, newest)
  const [known] = yield* at.blocks.byHashes([frontier.newest])
  const isBehind = newest !== undefined && frontier.height < newest.height
  if (newest !== undefined && (isBehind || known !== undefined && known.state !== "dead")) {
    return { _tag: "UnderWay", newest: newest.hash }
  }
  return (yield* at.act(adopt(at, frontier, newest)))
    ? { _tag: "Clear", frontier }
    : { _tag: "ForeignBlock", hash: frontier.newest }
})
