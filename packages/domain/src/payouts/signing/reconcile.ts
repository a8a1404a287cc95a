/** Holds the books against the account on the rail. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { balanceMinor } from "../../ledger/index.ts"
import { type Difference, Rail } from "../../reconciliation/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import type { OperatorBlock } from "../OperatorBlock.ts"
import * as PayoutPostings from "../PayoutPostings.ts"
import { type RailFrontier, RailUnavailable } from "../PayoutRail.ts"
import type { Ports } from "./ports.ts"
import { mostOpen } from "./settle.ts"
import { isBooked } from "./stand.ts"

const bookedMinor = ({ ledger }: Ports): Effect.Effect<bigint, StorageError> =>
  Effect.map(
    ledger.account(PayoutPostings.accountsOf(false).wallet),
    Option.match({ onNone: () => 0n, onSome: (account) => balanceMinor(account.normalSide, account) })
  )

const signedMinor = ({ amountMinor, kind }: OperatorBlock): bigint => kind === "send" ? -amountMinor : amountMinor

/** What the rail has and the books do not yet: blocks of ours up to the frontier that are not confirmed. */
const underWayMinor = (open: ReadonlyArray<OperatorBlock>, { height }: RailFrontier): bigint =>
  open.filter((block) => block.height <= height).reduce((sum, block) => sum + signedMinor(block), 0n)

/**
 * Must run in a transaction, so that books and blocks are of one moment. What is under way is no difference. A rail whose
 * newest block is below one of ours that was confirmed is behind, and says nothing.
 */
export const compare = Effect.fnUntraced(function*(
  at: Ports,
  frontier: RailFrontier
): Effect.fn.Return<ReadonlyArray<Difference>, RailUnavailable | StorageError> {
  const { account } = at.rail
  const newest = yield* at.blocks.newest(account)
  if (newest?.state === "confirmed" && frontier.height < newest.height) {
    return yield* new RailUnavailable({ why: "it has less of the account than was confirmed before" })
  }
  const [known] = yield* at.blocks.byHashes([frontier.newest])
  const isOurs = known !== undefined && known.state !== "dead"
  const isKnown = isOurs || frontier.height === 0 || (yield* isBooked(at, frontier.newest))
  const actualMinor = (yield* bookedMinor(at)) + underWayMinor(yield* at.blocks.open(account, mostOpen), frontier)
  const expectedMinor = frontier.balanceMinor
  return [
    ...Rail.compared(`account:${PayoutPostings.accountsOf(false).wallet}`, expectedMinor, actualMinor),
    ...isKnown ? [] : [{ what: `block:${frontier.newest}`, expectedMinor, actualMinor }]
  ]
})
