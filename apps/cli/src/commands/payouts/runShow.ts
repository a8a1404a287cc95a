/** Shows one payout, with its block and the kills that it pays. */
import { PayoutUnknown } from "@purser/domain/faucet"
import {
  BlockStore,
  type OperatorBlock,
  type Payout,
  PayoutId,
  type PayoutStatus,
  PayoutStore
} from "@purser/domain/payouts"
import { EarningStore, type KeptAccrual } from "@purser/domain/rewards"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { accrualJson, ban, moment, payoutJson } from "../../faucet/shown.ts"
import { withFaucet } from "../../faucet/withFaucet.ts"
import { print } from "../../terminal/output.ts"
import { pairs, table } from "../../terminal/table.ts"
import { time } from "../ledger/shown.ts"

interface Found {
  readonly payout: Payout
  readonly block: OperatorBlock | undefined
  readonly rows: ReadonlyArray<KeptAccrual>
}

const found = Effect.fnUntraced(function*(text: string) {
  if (!Schema.is(PayoutId)(text)) return yield* new PayoutUnknown({ payout: text })
  const [payout] = yield* PayoutStore.use(({ byIds }) => byIds([text]))
  if (payout === undefined) return yield* new PayoutUnknown({ payout: text })
  const blocks = yield* BlockStore
  const [block] = payout.block === null ? [] : yield* blocks.byHashes([payout.block])
  return { payout, block, rows: yield* EarningStore.use(({ lastIn }) => lastIn(payout.id)) }
})

const meanings: Readonly<Record<PayoutStatus, string>> = {
  queued: "it waits to be signed",
  signed: "its block is kept, and goes out next",
  sent: "the network has its block; it is paid once that is confirmed",
  unknown: "nobody knows what became of its block; it is looked up until that is certain",
  confirmed: "it is paid",
  failed: "nothing was paid, and the debt is free: the next settlement takes it up, or purser payouts retry",
  simulated: "a dry run ends here, and nothing is paid"
}

const blockLines = ({ block, payout }: Found): ReadonlyArray<readonly [string, string]> => {
  if (block === undefined) return payout.block === null ? [] : [["block", payout.block]]
  return [
    ["block", block.hash],
    ["", `${block.state}, height ${block.height}, stored ${moment(block.storedAtMillis)}`],
    ["previous", block.previous]
  ]
}

const attemptLines = (payout: Payout): ReadonlyArray<readonly [string, string]> => {
  const { attempts, failureReason, lastAttemptAtMillis, nextAttemptAtMillis } = payout
  const last = lastAttemptAtMillis === null ? "" : `, last ${moment(lastAttemptAtMillis)}`
  const next = nextAttemptAtMillis === null ? "" : `, next ${moment(nextAttemptAtMillis)}`
  return [
    ["attempts", `${attempts}${last}${next}`],
    ...failureReason === null ? [] : [["reason", failureReason] as const]
  ]
}

const worded = (all: Found): string => {
  const { payout, rows } = all
  const head = pairs([
    ["payout", payout.id],
    ["status", `${payout.status}: ${meanings[payout.status]}`],
    ["amount", `${ban(payout.amountMinor)} BAN${payout.dryRun ? ", in a dry run" : ""}`],
    ["player", payout.player],
    ["address", payout.payee],
    ["queued", `${moment(payout.queuedAtMillis)}${payout.round === 0 ? "" : `, round ${payout.round}`}`],
    ...payout.takenAtMillis === null ? [] : [["sent", moment(payout.takenAtMillis)] as const],
    ...attemptLines(payout),
    ...blockLines(all)
  ])
  if (rows.length === 0) return `${head}\n\nIts kills are in another payout by now.`
  const kills = table<KeptAccrual>([
    { heading: "earned", text: ({ bookedAtMillis }) => moment(bookedAtMillis) },
    { heading: "kills", figures: true, text: ({ accrual }) => String(accrual.kills) },
    { heading: "rate", figures: true, text: ({ accrual }) => ban(accrual.rateMinor) },
    { heading: "BAN", figures: true, text: ({ accrual }) => ban(accrual.amountMinor) },
    { heading: "accrual", text: ({ accrual }) => accrual.id }
  ], rows)
  return `${head}\n\n${kills}`
}

const blockJson = (block: OperatorBlock) => ({
  hash: block.hash,
  account: block.account,
  previous: block.previous,
  height: block.height,
  state: block.state,
  stored_at: time(block.storedAtMillis)
})

/** What the command does. */
export const run = Effect.fnUntraced(function*({ id, json }: { readonly id: string; readonly json: boolean }) {
  const all = yield* withFaucet(found(id))
  const { block, payout, rows } = all
  yield* print(
    json,
    { ...payoutJson(payout), block: block === undefined ? null : blockJson(block), accruals: rows.map(accrualJson) },
    worded(all)
  )
})
