/** Draws what callers ask at each step, from what the ledger then holds. */
import { Asset } from "../../../money/index.ts"
import { AccountCode, AccountRequest, type LinkedSet, type TransferKind } from "../../index.ts"
import { Dice } from "../Dice.ts"
import { historyAccounts } from "../History.ts"
import type { HistoryModel } from "../HistoryModel.ts"
import { mistaken } from "../mistakes.ts"
import { type Bench, sensible } from "../proposals.ts"
import type { Command, Look } from "./calls.ts"

const hourMillis = 3_600_000
const largestMinor = 1_000_000n
const idsOfOneStep = 1000

/** Dice that move small amounts most of the time: accounts that are full refuse everything, and a long run would end there. */
class SmallDice extends Dice {
  override amountMinor(most: bigint): bigint {
    return super.amountMinor(most < largestMinor || this.oneIn(200) ? most : largestMinor)
  }
}

/** What a step is drawn from. Its dice are its own, so that a step can be left out without changing what others roll. */
export const benchOf = (seed: string, step: number, model: HistoryModel): Bench => {
  let count = 0
  return { dice: new SmallDice(`${seed} ${step}`), model, serial: () => step * idsOfOneStep + count++ }
}

/** The time of the next step: a little later, the same, much later, or earlier. */
export const pass = (dice: Dice, nowMillis: number): number => {
  if (dice.oneIn(16)) return nowMillis - dice.below(3 * hourMillis)
  if (dice.oneIn(30)) return nowMillis + dice.below(60 * 24 * hourMillis)
  return nowMillis + dice.below(2) * dice.below(hourMillis / 4)
}

const setOf = (bench: Bench): ReadonlyArray<LinkedSet> => {
  const proposals = bench.dice.oneIn(4) ? mistaken : sensible
  const set = bench.dice.pick(proposals)!(bench)
  return set === undefined ? [] : [set]
}

/** A batch of one to three sets, mistakes among them. */
export const post = (bench: Bench): Command => ({
  _tag: "Post",
  sets: Array.from({ length: 1 + bench.dice.below(3) }, () => setOf(bench)).flat()
})

const assets = [Asset.EUR, Asset.XMR, Asset.XTR]
const rules = ["none", "debits_at_most_credits", "credits_at_most_debits"] as const

const lateAccount = ({ dice, serial }: Bench): AccountRequest =>
  new AccountRequest({
    code: AccountCode.make(`late:${dice.oneIn(3) ? dice.below(20) : serial()}`),
    asset: dice.pick(assets)!.code,
    normalSide: dice.pick(["debit", "credit"] as const)!,
    balanceRule: dice.pick([...rules, "none" as const])!,
    overdraftMinor: dice.oneIn(2) ? BigInt(dice.below(10_000)) : 0n,
    metadata: dice.oneIn(3) ? { opened: "late" } : {}
  })

const changed = ({ dice }: Bench, request: AccountRequest): AccountRequest =>
  new AccountRequest({
    ...request,
    ...dice.pick([{}, { overdraftMinor: 7n }, { metadata: { changed: "yes" } }, {
      asset: Asset.AssetCode.make("NONE")
    }])
  })

const open = (bench: Bench): Command => ({
  _tag: "OpenAccounts",
  requests: Array.from(
    { length: 1 + bench.dice.below(3) },
    () => bench.dice.oneIn(3) ? changed(bench, bench.dice.pick(historyAccounts)!) : lateAccount(bench)
  )
})

/** Mostly accounts that were opened late, so that some stay open for ever. */
const close = (bench: Bench): Command => {
  const { dice, model } = bench
  const late = model.accounts.filter(({ code }) => code.startsWith("late:"))
  const account = dice.oneIn(30) ? dice.pick(model.accounts) : dice.pick(late)
  return { _tag: "CloseAccount", code: account?.code ?? AccountCode.make("nowhere") }
}

const expire = ({ dice }: Bench): Command => ({ _tag: "ExpireHolds", limit: 1 + dice.below(10) })

const commands = [post, post, post, post, post, post, post, expire, expire, open, open, close]

/** Any call that may change the ledger. */
export const command = (bench: Bench): Command => bench.dice.pick(commands)!(bench)

const shuffled = <A>(dice: Dice, items: ReadonlyArray<A>): ReadonlyArray<A> => {
  const left = [...items]
  return items.map(() => left.splice(dice.below(left.length), 1)[0]!)
}

/** An empty posting is answered at once, whatever is broken. */
const asksSomething = (call: Command): boolean => call._tag !== "Post" || call.sets.length > 0

/** Several callers of one moment, in any order; now and then one of them says the same twice. */
export const crowd = (bench: Bench, draw: (bench: Bench) => Command): ReadonlyArray<Command> => {
  const { dice } = bench
  const callers = Array.from({ length: 2 + dice.below(5) }, () => draw(bench)).filter(asksSomething)
  const repeated = callers.length > 0 && dice.oneIn(3) ? [dice.pick(callers)!] : []
  return shuffled(dice, [...callers, ...repeated])
}

const kinds: ReadonlyArray<TransferKind> = ["post", "hold", "settle", "void", "expire"]

const query = ({ dice, model }: Bench): Look => {
  const account = dice.pick(model.accounts)!.code
  return {
    _tag: "Transfers",
    query: {
      order: dice.pick(["oldest_first", "newest_first"] as const)!,
      limit: 1 + dice.below(20),
      ...dice.oneIn(2) ? { after: BigInt(dice.below(model.transfers.length + 2)) } : {},
      ...dice.pick<object>([
        {},
        { account },
        { accountPrefix: account.slice(0, 1 + dice.below(account.length)) },
        { reference: `document ${dice.below(5)}` },
        { reason: "sale", kind: dice.pick(kinds)! },
        { metadata: { order: String(dice.below(9)) } },
        { bookedFromMillis: model.nowMillis - dice.below(48 * hourMillis), bookedToMillis: model.nowMillis }
      ])
    }
  }
}

const balanceAt = ({ dice, model }: Bench): Look => ({
  _tag: "BalanceAt",
  account: dice.pick(model.accounts)!.code,
  at: dice.oneIn(2)
    ? { sequence: BigInt(dice.below(model.transfers.length + 2)) }
    : { effectiveAtMillis: model.nowMillis - dice.below(72 * hourMillis) }
})

const statement = ({ dice, model }: Bench): Look => {
  const { code, version } = dice.pick(model.accounts)!
  const after = dice.oneIn(2) ? { after: BigInt(dice.below(Number(version) + 2)) } : {}
  return { _tag: "Statement", query: { account: code, limit: 1 + dice.below(20), ...after } }
}

const oneTransfer = ({ dice, model }: Bench): Look | undefined => {
  const transfer = dice.pick(model.transfers)
  return transfer && { _tag: "Transfer", id: transfer.id }
}

const looks: ReadonlyArray<(bench: Bench) => Look | undefined> = [
  ({ dice, model }) => ({ _tag: "Account", code: dice.pick(model.accounts)!.code }),
  ({ dice }) => ({ _tag: "Accounts", prefix: dice.pick(["", "user:", "late:", "late:1", "bank"])! }),
  oneTransfer,
  statement,
  balanceAt,
  query,
  () => ({ _tag: "TrialBalance" })
]

/** A few calls that only look. */
export const someLooks = (bench: Bench): ReadonlyArray<Look> =>
  Array.from({ length: bench.dice.below(4) }, () => bench.dice.pick(looks)!(bench)).flatMap((look) => look ?? [])
