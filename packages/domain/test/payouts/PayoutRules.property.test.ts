import { assert, describe, it } from "@effect/vitest"
import { BlockReference, type Payout, PayoutRules } from "@purser/domain/payouts"
import * as Arbitrary from "effect/Arbitrary"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { moment, queued } from "./payouts.ts"

const step = Schema.Struct({
  /** What the outside does: nothing, a clock's tick, an admin, or a surrender. */
  by: Schema.Literals(["Deed", "Deed", "Deed", "Tick", "Admin", "GiveUp", "BeforeSigning", "Prepared", "Late"]),
  /** What the rail does with a block that it is given. */
  fate: Schema.Literals(["lands", "lands", "waits", "invalid", "forks"]),
  isAnswerLost: Schema.Boolean,
  settles: Schema.Boolean
})
const steps = Arbitrary.array(Arbitrary.schema(step), { maxLength: 60 })
type Step = typeof step.Type
type State = "made" | "waiting" | "held" | "forked" | "confirmed" | "invalid" | "beaten"

/** A chain that lands blocks when it likes, forgets to answer, and holds elections. */
const chainOf = () => {
  const blocks = new Map<BlockReference, State>()
  const settle = () => {
    for (const [block, state] of blocks) {
      if (state === "waiting" || state === "held") blocks.set(block, "confirmed")
      if (state === "forked") blocks.set(block, "beaten")
    }
  }
  const fates = { lands: "held", waits: "waiting", invalid: "invalid", forks: "forked" } as const
  const publish = (block: BlockReference, { fate, isAnswerLost }: Step): PayoutRules.Answer => {
    const before = blocks.get(block)
    if (before === "made") blocks.set(block, fates[fate])
    if (isAnswerLost) return "Unclear"
    const after = blocks.get(block)
    if (after === "held" || after === "confirmed") return before === "made" ? "Taken" : "Known"
    if (after === "invalid") return "Invalid"
    return after === "waiting" ? "Early" : "Displaced"
  }
  const look = (block: BlockReference): PayoutRules.Sight => {
    const state = blocks.get(block)
    if (state === "confirmed") return "Confirmed"
    if (state === "beaten") return "RivalConfirmed"
    return state === "held" ? "Seen" : "Missing"
  }
  return { blocks, look, publish, settle }
}

const mayLand = (state: State) => state !== "invalid" && state !== "beaten"

const run = (steps: ReadonlyArray<Step>) => {
  const chain = chainOf()
  let payout: Payout = queued()
  let deed: PayoutRules.Deed = "prepare"
  const earlier: Array<PayoutRules.PayoutEvent> = []
  const prepare = (): PayoutRules.PayoutEvent => ({
    _tag: "Prepared",
    block: BlockReference.make(`block-${chain.blocks.size}`)
  })
  const perform = (one: Step): PayoutRules.PayoutEvent => {
    const block = payout.block
    if (deed === "prepare") return prepare()
    if (deed === "publish stored") return { _tag: "Published", block: block!, answer: chain.publish(block!, one) }
    return deed === "look" ? { _tag: "Looked", block: block!, sight: chain.look(block!) } : { _tag: "Tick" }
  }
  const eventOf = (one: Step): PayoutRules.PayoutEvent => {
    if (one.by === "Deed") return perform(one)
    if (one.by === "Admin") return { _tag: "AdminRetry", isDebtFree: true }
    if (one.by === "GiveUp") return { _tag: "GiveUp", reason: "surrender" }
    if (one.by === "BeforeSigning") return { _tag: "AttemptFailedBeforeSigning", reason: "node_down" }
    if (one.by === "Late") return earlier[0] ?? { _tag: "Tick" }
    return one.by === "Prepared" ? prepare() : { _tag: "Tick" }
  }
  for (const [index, one] of steps.entries()) {
    const event = eventOf(one)
    if (event._tag === "Published" && event.answer === "Invalid") earlier.unshift(event)
    const decision = PayoutRules.next(payout, event, moment({ nowMillis: 10_000 * (index + 1) }))
    if (Result.isFailure(decision)) continue
    if (event._tag === "Prepared") {
      assert.isFalse([...chain.blocks.values()].some(mayLand), "a second block while one may land")
      chain.blocks.set(event.block, "made")
    }
    const { payout: after } = decision.success
    for (const field of ["amountMinor", "payee", "key"] as const) assert.strictEqual(after[field], payout[field])
    if (after.status === "confirmed") assert.strictEqual(chain.blocks.get(after.block!), "confirmed")
    if (after.status === "failed") assert.isFalse([...chain.blocks.values()].some(mayLand), "freed while one may land")
    payout = after
    deed = decision.success.deed
    if (one.settles) chain.settle()
  }
  return [...chain.blocks.values()].filter((state) => state === "confirmed").length
}

describe("RW-8 RW-10 any rail, admin and clock", () => {
  it.prop("pay once at most, and sign anew only when nothing can land", { steps }, ({ steps }) => {
    assert.isAtMost(run(steps), 1)
  }, { arbitrary: { runs: 500, size: 60 } })
})
