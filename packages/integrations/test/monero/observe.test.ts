/** Reads what a wallet shows, the odd shapes included. */
import { assert, describe, it } from "@effect/vitest"
import { observe, observeAll, type TransferEntry } from "@purser/integrations/monero"

const entry = (change: Partial<TransferEntry> = {}): TransferEntry => ({
  txid: "ab".repeat(32),
  payment_id: "0123456789abcdef",
  height: 100,
  amount: 5n,
  type: "in",
  unlock_time: 0n,
  subaddr_index: { major: 0, minor: 0 },
  double_spend_seen: false,
  ...change
})

const none: ReadonlySet<string> = new Set()

describe("TK-6 observations", () => {
  it("says what a payment is", () => {
    assert.deepStrictEqual({ ...observe(none)(entry({ subaddr_index: { major: 1, minor: 2 } })) }, {
      key: `${"ab".repeat(32)}/1/2` as never,
      transactionId: "ab".repeat(32),
      target: "0123456789abcdef",
      amountMinor: 5n,
      height: 100,
      unlockTime: 0n,
      doubleSpendSeen: false,
      ownChange: false
    })
  })

  it.each([
    ["0123456789abcdef", "0123456789abcdef"],
    [`0123456789abcdef${"0".repeat(48)}`, "0123456789abcdef"],
    ["0".repeat(16), null],
    ["0".repeat(64), null],
    ["ab".repeat(32), null]
  ])("reads the id %s as %s", (id, target) => {
    assert.strictEqual(observe(none)(entry({ payment_id: id })).target, target)
  })

  it.each([
    ["in", 100, 100],
    ["block", 100, 100],
    ["pool", 0, null],
    ["in", 0, null]
  ])("places type %s of height %s at %s", (type, height, expected) => {
    assert.strictEqual(observe(none)(entry({ type, height })).height, expected)
  })

  it.each([
    ["in", 500n, 500n],
    ["in", 18_446_744_073_709_551_615n, 18_446_744_073_709_551_615n],
    ["block", 160n, 0n]
  ])("takes a lock of type %s until %s as %s", (type, unlockTime, expected) => {
    assert.strictEqual(observe(none)(entry({ type, unlock_time: unlockTime })).unlockTime, expected)
  })

  it("knows the change of the operator's own transactions", () => {
    assert.isTrue(observe(new Set(["ab".repeat(32)]))(entry()).ownChange)
    assert.isFalse(observe(new Set(["cd".repeat(32)]))(entry()).ownChange)
  })

  it("passes a warning of a double spend on", () => {
    assert.isTrue(observe(none)(entry({ double_spend_seen: true })).doubleSpendSeen)
    const { double_spend_seen: _, ...silent } = entry()
    assert.isFalse(observe(none)(silent).doubleSpendSeen)
  })

  it("prefers the block where a transaction is in the pool too", () => {
    const both = { inBlocks: [entry()], inPool: [entry({ type: "pool", height: 0, amount: 0n })] }
    assert.deepStrictEqual(observeAll(both, none).map(({ amountMinor, height }) => [height, amountMinor]), [[100, 5n]])
    const other = entry({ type: "pool", height: 0, txid: "cd".repeat(32) })
    assert.deepStrictEqual(observeAll({ ...both, inPool: [other] }, none).map(({ height }) => height), [100, null])
  })
})
