/** Does things to a signer and to its chain by the dice of a seed, and audits what came of them. */
import { assert } from "@effect/vitest"
import { AccountCode, LedgerStore, PostTransfer } from "@purser/domain/ledger"
import { BlockStore, type Payout, PayoutSigner, PayoutStore } from "@purser/domain/payouts"
import { type Fate, type OwingModel, RailModel } from "@purser/domain/payouts/testing"
import { PayBananoPayouts, type Term } from "@purser/jobs"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as Random from "effect/Random"
import { death, Deaths } from "./deaths.ts"
import { addressOf, assertBooks, openOffice } from "./world.ts"

const players = ["ann", "bob", "eve"]
const fates: ReadonlyArray<Fate> = ["lost", "landsUnheard", "dropped", "refused", "lost", "landsUnheard", "lands"]
const raw = 1000n

/** One run. Every debt has an amount of its own, so that a send on the chain names its debt. */
interface Run {
  readonly model: RailModel
  readonly owing: OwingModel
  /** Terms that are over; a signer that was frozen wakes with one of them. */
  readonly past: Array<Term>
  term: Term
  debts: number
  takenByHand: number
  /** Whether a block of somebody else waits for its election. */
  isContested: boolean
}

const pick = <A>(items: ReadonlyArray<A>) =>
  Effect.map(Random.nextIntBetween(0, items.length - 1), (index) => items[index] as A)

const allPayouts = PayoutStore.use(({ list }) => list({ sortBy: "queued", order: "ascending", limit: 1000 }))

const owe = Effect.fnUntraced(function*(run: Run) {
  run.debts += 1
  const player = yield* pick(players)
  yield* run.owing.owe({ name: `debt-${run.debts}`, player, amountMinor: 100n + BigInt(run.debts) })
})

const fund = Effect.fnUntraced(function*({ model }: Run) {
  model.fund(BigInt(yield* Random.nextIntBetween(1, 400_000)))
})

const doom = Effect.fnUntraced(function*({ model }: Run) {
  model.fates.push(yield* pick(fates))
})

const confirm = (run: Run) =>
  Effect.sync(() => {
    run.model.confirm()
    run.isContested = false
  })

const drop = ({ model }: Run) => Effect.sync(() => model.drop())

const lag = Effect.fnUntraced(function*({ model }: Run) {
  model.behind = yield* pick([0, 0, 1, 2])
})

const fall = Effect.fnUntraced(function*({ model }: Run) {
  model.isUp = yield* pick([true, true, false])
})

const allow = Effect.fnUntraced(function*({ owing }: Run) {
  const killSwitch = yield* pick([false, false, true])
  owing.limits = { ...owing.limits, killSwitch, floorMinor: yield* pick([0n, 0n, 200n]) }
})

const move = Effect.fnUntraced(function*({ owing }: Run) {
  const player = yield* pick(players)
  owing.payees.set(player, yield* pick([addressOf(player), addressOf(`${player}, moved`), null]))
})

/** An election is lost to somebody else who has the key. */
const displace = Effect.fnUntraced(function*(run: Run) {
  if (run.isContested || run.model.balanceRaw < 10n * raw) return
  run.isContested = run.model.displace(raw) !== undefined
})

const takeUp = Effect.fnUntraced(function*({ owing }: Run) {
  const payouts = yield* allPayouts
  if (payouts.length > 0) yield* owing.takeUp((yield* pick(payouts)).id)
})

const wait = Effect.sleep(1)

/** A round; only what the rail and the fence may do ends it. */
const tick = (term: Term) =>
  Effect.catchTag(PayBananoPayouts.tick(term), ["RailUnavailable", "Stale"], () => Effect.void)

const work = ({ term }: Run) => Effect.andThen(wait, tick(term))

const wake = Effect.fnUntraced(function*({ past }: Run) {
  if (past.length > 0) yield* tick(yield* pick(past))
})

/** Dies in a round; another takes over. */
const die = Effect.fnUntraced(function*(run: Run) {
  const deaths = yield* Deaths
  yield* deaths.arm(yield* Random.nextIntBetween(0, 120), death)
  yield* Effect.flatMap(Effect.forkChild(tick(run.term)), Fiber.await)
  yield* deaths.disarm
  yield* succeed(run)
})

const succeed = Effect.fnUntraced(function*(run: Run) {
  run.past.push(run.term)
  run.term = yield* openOffice
})

/** What can happen, as often as it is listed. */
const deeds = [
  owe,
  owe,
  owe,
  fund,
  doom,
  doom,
  doom,
  confirm,
  confirm,
  drop,
  lag,
  fall,
  allow,
  move,
  displace,
  takeUp,
  takeUp,
  die,
  die,
  die,
  succeed,
  wake,
  wake,
  work,
  work,
  work,
  work,
  work,
  work,
  work,
  work
]

/** At any moment: no debt is twice on the chain, and what is booked as paid is there for ever. */
const assertOnce = Effect.fnUntraced(function*({ model }: Run) {
  const amounts = model.sends.map(({ amountMinor }) => amountMinor)
  assert.strictEqual(new Set(amounts).size, amounts.length, "a debt is paid twice")
  const final = new Set(model.sends.filter(({ isConfirmed }) => isConfirmed).map(({ amountMinor }) => amountMinor))
  const paid = (yield* allPayouts).filter(({ status }) => status === "confirmed")
  for (const { amountMinor, id } of paid) assert.isTrue(final.has(amountMinor), `${id} is booked as paid and is not`)
})

const isUnderWay = ({ status }: Payout): boolean => status !== "confirmed" && status !== "failed"

/** An operator books what somebody took by hand, under the hash of the block that took it. */
const bookByHand = Effect.fnUntraced(function*(run: Run, hash: string) {
  const rows = yield* PayoutSigner.use(({ reconcile }) => reconcile)
  const wallet = rows.find(({ what }) => what.startsWith("account:"))
  assert.isDefined(wallet, "a foreign block that changes nothing")
  const amountMinor = wallet!.actualMinor - wallet!.expectedMinor
  run.takenByHand += 1
  const [answer] = yield* LedgerStore.use((ledger) =>
    ledger.post([[PostTransfer.from({
      id: `00000000-0000-4000-8000-${String(run.takenByHand).padStart(12, "0")}`,
      debit: "rewards:funding",
      credit: "banano:wallet",
      asset: "BAN",
      amountMinor,
      reason: "operator.withdrew",
      reference: hash
    })]])
  )
  yield* Effect.fromResult(answer!)
})

/** Nothing of ours is open: what differs then is what somebody took. */
const isQuiet = Effect.map(
  BlockStore.use((blocks) => blocks.open(RailModel.account, 1)),
  ({ length }) => length === 0
)

const mostRounds = 150

/** Nothing goes wrong any more: everybody who can be paid is paid. */
const finish = Effect.fnUntraced(function*(run: Run) {
  const { model, owing } = run
  Object.assign(model, { isUp: true, behind: 0 })
  model.fates.length = 0
  owing.limits = { ...owing.limits, killSwitch: false, floorMinor: 0n }
  model.fund(raw * 1_000_000n)
  for (let round = 0; round < mostRounds; round += 1) {
    yield* confirm(run)
    const { step } = yield* PayBananoPayouts.tick(run.term)
    yield* assertOnce(run)
    if (step._tag === "ForeignBlock" && (yield* isQuiet)) yield* bookByHand(run, step.hash)
    if (step._tag === "Idle" && !(yield* allPayouts).some(isUnderWay)) return
    yield* wait
  }
  assert.fail("not everything was settled")
})

const minorOf = Effect.fnUntraced(function*(code: string) {
  const found = yield* LedgerStore.use((ledger) => ledger.account(AccountCode.make(code)))
  return Option.match(found, {
    onNone: () => 0n,
    onSome: ({ creditsPostedMinor, debitsPostedMinor }) => creditsPostedMinor - debitsPostedMinor
  })
})

const sumMinor = (parts: ReadonlyArray<{ readonly amountMinor: bigint }>): bigint =>
  parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)

const shown = ({ amountMinor, payee }: { readonly payee: string; readonly amountMinor: bigint }): string =>
  `${amountMinor} to ${payee}`

/** The debts that were paid are the sends on the chain, one by one; the others are owed. */
const auditRun = Effect.fnUntraced(function*({ model }: Run) {
  const payouts = yield* allPayouts
  const paid = payouts.filter(({ status }) => status === "confirmed")
  assert.deepStrictEqual(paid.map(shown).toSorted(), model.sends.map(shown).toSorted())
  for (const player of players) {
    const owed = payouts.filter((payout) => payout.player === player && payout.status === "failed")
    assert.strictEqual(yield* minorOf(`player:${player}:earned`), sumMinor(owed), `owed to ${player}`)
  }
  assert.strictEqual(yield* minorOf("payouts:payable"), 0n)
  assert.strictEqual(yield* minorOf("rewards:expense"), -sumMinor(payouts))
  assert.deepStrictEqual(yield* PayoutSigner.use(({ reconcile }) => reconcile), [])
  yield* assertBooks
  return paid.length
})

/** Runs so many steps, and ends with everything settled and audited. Answers how many debts were paid. */
export const simulate = Effect.fnUntraced(function*(steps: number, model: RailModel, owing: OwingModel) {
  model.fund(raw * 5_000n)
  const run: Run = { model, owing, past: [], term: yield* openOffice, debts: 0, takenByHand: 0, isContested: false }
  yield* tick(run.term)
  yield* confirm(run)
  yield* tick(run.term)
  for (let step = 0; step < steps; step += 1) {
    const deed = yield* pick(deeds)
    yield* deed(run)
    yield* assertOnce(run)
  }
  yield* finish(run)
  return yield* auditRun(run)
})
