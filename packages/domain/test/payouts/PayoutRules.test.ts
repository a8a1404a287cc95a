import { assert, describe, it } from "@effect/vitest"
import { type Payout, PayoutRules, type PayoutStatus } from "@purser/domain/payouts"
import * as Result from "effect/Result"
import { first, moment, queued, second, told } from "./payouts.ts"

const at = (status: PayoutStatus): Payout => {
  const block = status === "queued" || status === "failed" ? null : first
  const takenAtMillis = status === "sent" || status === "confirmed" ? 500 : null
  return queued({ status, block, takenAtMillis, dryRun: status === "simulated" })
}
const published = (answer: PayoutRules.Answer, block = first) => ({ _tag: "Published", block, answer }) as const
const looked = (sight: PayoutRules.Sight, block = first) => ({ _tag: "Looked", block, sight }) as const
const prepared = { _tag: "Prepared", block: second } as const
const retry = { _tag: "AdminRetry", isDebtFree: true } as const
const giveUp = { _tag: "GiveUp", reason: "no" } as const
const tick = { _tag: "Tick" } as const
const failedBefore = { _tag: "AttemptFailedBeforeSigning", reason: "node_down" } as const

const answers = ["Taken", "Known", "Invalid", "Displaced", "Early", "Unclear"] as const
const sights = ["Missing", "Seen", "Confirmed", "RivalConfirmed"] as const

describe("RW-8 what is said of the block", () => {
  it.each(
    [
      ["signed", published("Taken"), "sent: look"],
      ["signed", published("Known"), "sent: look"],
      ["signed", published("Invalid"), "failed: release debt"],
      ["signed", published("Displaced"), "unknown: look"],
      ["signed", published("Early"), "unknown: publish stored"],
      ["signed", published("Unclear"), "unknown: look"],
      ["unknown", published("Taken"), "sent: look"],
      ["unknown", published("Known"), "sent: look"],
      ["unknown", published("Invalid"), "unknown: look"],
      ["unknown", published("Displaced"), "unknown: look"],
      ["unknown", published("Early"), "unknown: publish stored"],
      ["unknown", published("Unclear"), "unknown: look"],
      ["sent", published("Known"), "sent: look"],
      ["sent", published("Invalid"), "unknown: look"],
      ["sent", published("Displaced"), "unknown: look"],
      ["sent", published("Unclear"), "unknown: look"],
      ["signed", looked("Missing"), "unknown: publish stored"],
      ["unknown", looked("Missing"), "unknown: publish stored"],
      ["sent", looked("Missing"), "unknown: publish stored"],
      ["unknown", looked("Seen"), "sent: look"],
      ["sent", looked("Seen"), "sent: look"],
      ["sent", looked("Confirmed"), "confirmed: book confirmed"],
      ["unknown", looked("Confirmed"), "confirmed: book confirmed"],
      ["unknown", looked("RivalConfirmed"), "failed: release debt"],
      ["sent", looked("RivalConfirmed"), "failed: release debt"]
    ] as const
  )("leads %s by %o to %s", (status, event, expected) => {
    assert.strictEqual(told(at(status), event), expected)
  })

  it("begins another round with each retry, which the books tell apart", () => {
    const again = Result.getOrThrow(PayoutRules.next(at("failed"), retry, moment())).payout
    assert.deepStrictEqual([again.status, again.round, again.key], ["queued", 1, at("failed").key])
  })

  it.each(["Unclear", "Early", "Displaced", "Taken", "Known"] as const)(
    "keeps a block of which it was said %s, however often it is called invalid later",
    (answer) => {
      const once = Result.getOrThrow(PayoutRules.next(at("signed"), published(answer), moment())).payout
      assert.strictEqual(told(once, published("Invalid")), "unknown: look")
    }
  )

  it.each(["signed", "sent", "unknown"] as const)("passes over what is said of another block while %s", (status) => {
    for (const answer of answers) assert.strictEqual(told(at(status), published(answer, second)), "OtherBlock")
    for (const sight of sights) assert.strictEqual(told(at(status), looked(sight, second)), "OtherBlock")
  })

  it.each(
    [
      ["queued", "NothingSigned"],
      ["failed", "NothingSigned"],
      ["confirmed", "AlreadyConfirmed"],
      ["simulated", "AlreadySimulated"]
    ] as const
  )("is refused while %s", (status, why) => {
    for (const answer of answers) assert.strictEqual(told(at(status), published(answer)), why)
    for (const sight of sights) assert.strictEqual(told(at(status), looked(sight)), why)
  })

  it("takes nothing for confirmed but a confirmation", () => {
    for (const status of ["signed", "sent", "unknown"] as const) {
      for (const answer of answers) assert.notInclude(told(at(status), published(answer)), "confirmed")
      for (const sight of ["Missing", "Seen"] as const) assert.notInclude(told(at(status), looked(sight)), "book")
    }
  })
})

describe("RW-8 RW-10 a second block, a surrender and a retry", () => {
  it.each(
    [
      ["queued", ["signed: publish stored", "failed: release debt", "AlreadyQueued"]],
      ["signed", ["BlockMayLand", "BlockMayLand", "BlockMayLand"]],
      ["sent", ["BlockMayLand", "BlockMayLand", "BlockMayLand"]],
      ["unknown", ["BlockMayLand", "BlockMayLand", "BlockMayLand"]],
      ["confirmed", ["AlreadyConfirmed", "AlreadyConfirmed", "AlreadyConfirmed"]],
      ["failed", ["AlreadyFailed", "AlreadyFailed", "queued: prepare"]],
      ["simulated", ["AlreadySimulated", "AlreadySimulated", "AlreadySimulated"]]
    ] as const
  )("of one that is %s come to %o", (status, expected) => {
    const [block, surrender, again] = expected
    assert.strictEqual(told(at(status), prepared), block)
    assert.strictEqual(told(at(status), giveUp), surrender)
    assert.strictEqual(told(at(status), retry), again)
  })

  it("refuses a retry beside a debt that was queued again elsewhere", () => {
    assert.strictEqual(told(at("failed"), { _tag: "AdminRetry", isDebtFree: false }), "DebtElsewhere")
  })

  it("gives up after the last attempt, while nothing is signed", () => {
    assert.strictEqual(told(queued({ attempts: 1 }), failedBefore), "queued: prepare")
    assert.strictEqual(told(queued({ attempts: 2 }), failedBefore), "failed: release debt")
    assert.strictEqual(told(queued({ status: "unknown", block: first, attempts: 99 }), failedBefore), "BlockMayLand")
    const unclear = published("Unclear")
    assert.strictEqual(told(queued({ status: "signed", block: first, attempts: 99 }), unclear), "unknown: look")
  })

  it("waits for its time", () => {
    const waiting = queued({ nextAttemptAtMillis: 1_001 })
    assert.strictEqual(told(waiting, tick), "queued: nothing")
    assert.strictEqual(told(waiting, tick, moment({ nowMillis: 1_001 })), "queued: prepare")
  })
})

describe("RW-10 what is due", () => {
  it.each(
    [
      ["queued", "queued: prepare"],
      ["signed", "signed: publish stored"],
      ["sent", "sent: look"],
      ["unknown", "unknown: look"],
      ["confirmed", "confirmed: nothing"],
      ["failed", "failed: nothing"],
      ["simulated", "simulated: nothing"]
    ] as const
  )("while %s is %s", (status, expected) => {
    assert.strictEqual(told(at(status), tick), expected)
  })
})

describe("RW-11 a dry run", () => {
  it("ends simulated, with nothing to publish", () => {
    assert.strictEqual(told(queued({ dryRun: true }), prepared), "simulated: nothing")
  })
})
