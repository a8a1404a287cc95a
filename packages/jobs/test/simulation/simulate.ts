/** Does things to a chain by the dice of a seed, and asks the auditor about every answer. */
import { assert } from "@effect/vitest"
import { ServiceToken } from "@purser/domain/tickets"
import { MonitorMonero, type Term } from "@purser/jobs"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Random from "effect/Random"
import { Chain, type Fate } from "../chain/Chain.ts"
import {
  assertSound,
  confirmations,
  type Held,
  openOffice,
  payTicket,
  priceMinor,
  redeem,
  statusOf,
  ticket
} from "../stories/world.ts"
import { Auditor } from "./Auditor.ts"
import { Faults } from "./faults.ts"

const deepest = 12
const amounts = [1n, priceMinor / 3n, priceMinor - 1n, priceMinor, priceMinor * 5n]

/** One run: the dice decide, the auditor follows. */
interface Run {
  readonly auditor: Auditor
  readonly tickets: ReadonlyArray<Held>
  readonly tokens: Map<string, ServiceToken>
  /** Ids of transactions on the chain by their ids in the shadow. */
  readonly real: Map<string, string>
  term: Term
  isUp: boolean
}

const pick = <A>(items: ReadonlyArray<A>) =>
  Effect.map(Random.nextIntBetween(0, items.length - 1), (index) => items[index] as A)

const pay = Effect.fnUntraced(function*({ auditor, real, tickets }: Run) {
  const { id8, pid } = yield* pick(tickets)
  const amountMinor = yield* pick(amounts)
  const lock = (yield* Random.nextIntBetween(0, 9)) === 0 ? { unlockTime: 5_000_000n } : {}
  const transactionId = yield* payTicket({ id8, pid }, amountMinor, lock)
  real.set(auditor.shadow.pay({ outputs: [{ id8, amountMinor }], ...lock }), transactionId)
})

const mine = Effect.fnUntraced(function*({ auditor }: Run) {
  const blocks = yield* Random.nextIntBetween(1, 4)
  yield* Chain.use((chain) => chain.mine(blocks))
  auditor.shadow.mine(blocks)
})

const reorganise = Effect.fnUntraced(function*({ auditor }: Run) {
  const depth = Math.min(yield* Random.nextIntBetween(1, deepest), auditor.shadow.height - 1)
  if (depth < 1) return
  const fate = yield* pick<Fate>(["pool", "lost"])
  yield* Chain.use((chain) => chain.reorganise(depth, fate))
  auditor.shadow.reorganise(depth, fate)
})

const resend = Effect.fnUntraced(function*({ auditor, real }: Run) {
  const [lost] = auditor.shadow.lost
  if (lost === undefined) return
  yield* Chain.use((chain) => chain.resend(real.get(lost) ?? ""))
  auditor.shadow.resend(lost)
})

const look = Effect.fnUntraced(function*(run: Run) {
  if (!run.isUp) return
  const { startHeight } = yield* Chain
  yield* MonitorMonero.tick(run.term, startHeight)
  run.auditor.looked()
  yield* assertSound
})

/** The monitor breaks at one of its calls; what it began must leave nothing behind. */
const breakLook = Effect.fnUntraced(function*(run: Run) {
  const faults = yield* Faults
  const { startHeight } = yield* Chain
  yield* faults.arm(yield* Random.nextIntBetween(0, 7), yield* pick(["fails", "dies"] as const))
  const fiber = yield* Effect.forkChild(MonitorMonero.tick(run.term, startHeight))
  const exit = yield* Fiber.await(fiber)
  yield* faults.disarm
  if (Exit.isSuccess(exit)) run.auditor.looked()
})

const restart = Effect.fnUntraced(function*(run: Run) {
  run.term = yield* openOffice
})

const toggleDaemon = Effect.fnUntraced(function*(run: Run) {
  yield* Chain.use((chain) => run.isUp ? chain.stopDaemon : chain.startDaemon)
  run.isUp = !run.isUp
})

const shown = (answer: object): object => {
  const { _tag, balanceMinor, receivedMinor, state, status } = answer as Record<string, unknown>
  return JSON.parse(
    JSON.stringify(
      { _tag, balanceMinor, receivedMinor, state, status },
      (_key, value: unknown) => typeof value === "bigint" ? String(value) : value
    )
  ) as object
}

const redeemIt = Effect.fnUntraced(function*(run: Run, held: Held) {
  const expected = run.auditor.redeems(held.id8)
  const answer = yield* Effect.match(redeem(held), { onFailure: (error) => error, onSuccess: (value) => value })
  assert.deepStrictEqual(shown(answer), shown(expected))
  if (answer._tag !== "Redeemed") return
  const before = run.tokens.get(held.id8)
  if (before !== undefined) assert.strictEqual(ServiceToken.toHex(answer.token), ServiceToken.toHex(before))
  run.tokens.set(held.id8, answer.token)
})

const redeemOne = (run: Run) => Effect.flatMap(pick(run.tickets), (held) => redeemIt(run, held))

const auditTokens = Effect.fnUntraced(function*({ auditor, tickets, tokens }: Run) {
  for (const { id8 } of tickets) {
    const token = tokens.get(id8)
    const expected = auditor.token(id8)
    assert.strictEqual(token === undefined, expected === undefined)
    if (token !== undefined && expected !== undefined) assert.deepInclude(yield* statusOf(token), expected)
  }
})

/** What can happen, as often as it is listed. */
const deeds = [
  pay,
  pay,
  pay,
  mine,
  mine,
  mine,
  mine,
  reorganise,
  resend,
  look,
  look,
  look,
  breakLook,
  breakLook,
  restart,
  toggleDaemon,
  redeemOne,
  redeemOne,
  redeemOne
]

/** While the daemon is down nothing can be sent or mined through it. */
const needsDaemon = new Set<unknown>([pay, mine, reorganise, resend])

const finish = Effect.fnUntraced(function*(run: Run) {
  if (!run.isUp) yield* toggleDaemon(run)
  yield* Chain.use((chain) => chain.mine(confirmations))
  run.auditor.shadow.mine(confirmations)
  yield* look(run)
  yield* Effect.forEach(run.tickets, (held) => redeemIt(run, held))
  yield* auditTokens(run)
})

/** Runs so many steps, and ends with everything final, redeemed and audited. Answers how many tokens came out. */
export const simulate = Effect.fnUntraced(function*(steps: number) {
  const tickets = yield* Effect.forEach([1, 2, 3, 4, 5, 6], (number) => ticket(`simulated ${number}`))
  const run: Run = {
    auditor: new Auditor(),
    tickets,
    tokens: new Map(),
    real: new Map(),
    term: yield* openOffice,
    isUp: true
  }
  for (let step = 0; step < steps; step++) {
    const deed = yield* pick(deeds)
    if (!run.isUp && needsDaemon.has(deed)) continue
    yield* deed(run)
  }
  yield* finish(run)
  return run.tokens.size
})
