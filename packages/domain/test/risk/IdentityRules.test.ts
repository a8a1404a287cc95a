import { assert, describe, it } from "@effect/vitest"
import { EpicId, PayeeAddress, PlayerId } from "@purser/domain/rewards"
import { IdentityRules } from "@purser/domain/risk"
import * as Schema from "effect/Schema"
import { player, playerId, tester, testerId } from "./risk.ts"

const idOf = (name: string) => PlayerId.make(name)

const wallet = (names: ReadonlyArray<string>, subject = player, claimed = "ban_1") =>
  IdentityRules.sharedClaim(subject, {
    kind: "SharedWallet",
    claimed: PayeeAddress.make(claimed),
    claimants: names.map(idOf)
  })

const epic = (names: ReadonlyArray<string>) =>
  IdentityRules.sharedClaim(player, { kind: "SharedEpic", claimed: EpicId.make("ban_1"), claimants: names.map(idOf) })

describe("RW-15 RW-3 a claim that others make too", () => {
  it.each([
    { others: [], severity: undefined },
    { others: ["player-1"], severity: undefined },
    { others: ["b"], severity: "med" },
    { others: ["b", "b", "player-1"], severity: "med" },
    { others: ["b", "c", "d", "e"], severity: "high" },
    { others: ["tester-1"], severity: undefined }
  ])("by $others is $severity", ({ others, severity }) => {
    assert.strictEqual(wallet(others)?.severity, severity)
    assert.strictEqual(epic(others)?.severity, severity)
  })

  it("is one event in whatever order the claimants come", () => {
    assert.strictEqual(wallet(["b", "c"])!.dedupeKey, wallet(["c", "b", "c"])!.dedupeKey)
  })

  it("is another event with one claimant more, another address or another kind", () => {
    const signals = [wallet(["b"]), wallet(["b", "c"]), wallet(["b"], player, "ban_2"), epic(["b"])]
    assert.strictEqual(new Set(signals.map((signal) => signal!.dedupeKey)).size, 4)
  })

  it("is nothing of a test player, nor because of one", () => {
    assert.isNull(wallet(["b", "c", "d"], tester))
    assert.strictEqual(wallet(["b", testerId])!.dedupeKey, wallet(["b"])!.dedupeKey)
  })

  it("names who claims", () => {
    assert.deepStrictEqual(wallet(["b"])!.evidence, ["claimed ban_1", "claimed by b", `claimed by ${playerId}`])
  })
})

const day = 86_400_000
const age = (snowflake: string, nowMillis: number, subject = player) =>
  IdentityRules.youngAccount(subject, { snowflake, nowMillis })

describe("RW-15 the age of a Discord account", () => {
  it.each([
    ["175928847299117063", 1_462_015_105_796],
    ["0", 1_420_070_400_000],
    ["4194304", 1_420_070_400_001],
    ["18446744073709551615", 5_818_116_911_103],
    ["18446744073709551616", null],
    ["", null],
    ["-1", null],
    ["12a", null],
    ["1.5", null],
    ["999999999999999999999999", null]
  ])("of %j begins at %s", (snowflake, made) => {
    assert.strictEqual(IdentityRules.createdAtMillis(snowflake), made)
  })

  it.each([
    { days: 30, severity: undefined },
    { days: 29.9, severity: "low" },
    { days: 15, severity: "med" },
    { days: 6, severity: "high" },
    { days: 0, severity: "high" },
    { days: -5, severity: "high" }
  ])("of $days days is $severity", ({ days, severity }) => {
    assert.strictEqual(age("175928847299117063", 1_462_015_105_796 + days * day)?.severity, severity)
  })

  it("is one event for ever", () => {
    const keys = [1, 2, 20].map((days) => age("175928847299117063", 1_462_015_105_796 + days * day)!.dedupeKey)
    assert.strictEqual(new Set(keys).size, 1)
  })

  it("tells nothing of a test player or of what is no id", () => {
    assert.isNull(age("175928847299117063", 1_462_015_105_796, tester))
    assert.isNull(age("none", 0))
  })

  const millis = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 2 ** 41 }))
  const low = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 2 ** 22 - 1 }))
  it.prop("is read back from any id, whatever its low bits", { millis, low }, ({ low, millis }) => {
    const id = (BigInt(millis) << 22n) + BigInt(low)
    assert.strictEqual(IdentityRules.createdAtMillis(String(id)), millis + 1_420_070_400_000)
  }, { arbitrary: { runs: 300, size: 100 } })
})
