import { assert, describe, it } from "@effect/vitest"
import { PayeeAddress, PlayerId, type WalletLink, WalletRules } from "@purser/domain/rewards"
import * as Arbitrary from "effect/Arbitrary"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

const playerId = PlayerId.make("player-1")
const addressOf = (name: string) => PayeeAddress.make(`ban_${name}`)
const context = (nowMillis: number, ownerId: PlayerId | null = null): WalletRules.WalletContext => ({
  playerId,
  nowMillis,
  coolDownMillis: 100,
  burnAddress: addressOf("burn"),
  operatorAddress: addressOf("operator"),
  ownerId
})

type Given = readonly [name: string, atMillis: number]

const linked = (...given: ReadonlyArray<Given>): ReadonlyArray<WalletLink> =>
  given.reduce<ReadonlyArray<WalletLink>>((links, [name, atMillis]) => {
    const link = Result.getOrThrow(WalletRules.linkWallet(links, addressOf(name), context(atMillis)))
    return link === null ? links : [...links, link]
  }, [])

describe("RW-3 the address that is paid", () => {
  it.each<
    { readonly title: string; readonly given: ReadonlyArray<Given>; readonly now: number; readonly paid: string }
  >([
    { title: "is the first at once", given: [["a", 5]], now: 5, paid: "a" },
    { title: "stays the old one before the end of the cool-down", given: [["a", 5], ["b", 50]], now: 149, paid: "a" },
    { title: "is the new one from its end on", given: [["a", 5], ["b", 50]], now: 150, paid: "b" },
    { title: "is the last of two changes", given: [["a", 5], ["b", 50], ["c", 60]], now: 160, paid: "c" },
    {
      title: "is the earlier change while the later waits",
      given: [["a", 5], ["b", 50], ["c", 60]],
      now: 155,
      paid: "b"
    },
    { title: "is the old one again when taken back", given: [["a", 5], ["b", 50], ["a", 60]], now: 160, paid: "a" },
    { title: "does not wait longer when given twice", given: [["a", 5], ["b", 50], ["b", 140]], now: 150, paid: "b" }
  ])("$title", ({ given, now, paid }) => {
    assert.strictEqual(WalletRules.payeeOf(linked(...given), now)?.address, addressOf(paid))
  })

  it("is none without a link, or before the first", () => {
    assert.isUndefined(WalletRules.payeeOf([], 5))
    assert.isUndefined(WalletRules.payeeOf(linked(["a", 5]), 4))
  })

  it("waits a day unless configured otherwise", () => {
    assert.strictEqual(WalletRules.defaultCoolDownMillis, 24 * 60 * 60 * 1000)
  })
})

describe("RW-3 an address that is given", () => {
  const other = PlayerId.make("player-2")

  it.each(
    [
      ["burn", null, "BurnAddress", null],
      ["burn", other, "BurnAddress", null],
      ["operator", null, "OperatorAddress", null],
      ["a", other, "AddressOfAnother", "SharedWallet"],
      ["b", other, "AddressOfAnother", "SharedWallet"]
    ] as const
  )("is refused when it is %s of %s: %s", (...[name, owner, ...refused]) => {
    const given = WalletRules.linkWallet(linked(["a", 1]), addressOf(name), context(5, owner))
    const error = Result.getOrThrow(Result.flip(given))
    assert.deepStrictEqual([error.why, error.riskSignal], refused)
    assert.strictEqual(error.message, `address is refused: ${refused[0]}`)
  })

  it("is refused after ten in a day, and not the day after", () => {
    const links = linked(...Array.from({ length: WalletRules.changesMost }, (_, at): Given => [`a${at}`, at]))
    const error = Result.getOrThrow(Result.flip(WalletRules.linkWallet(links, addressOf("new"), context(20))))
    assert.strictEqual(error.why, "TooManyChanges")
    assert.strictEqual(error.riskSignal, null)
    assert.isNull(Result.getOrThrow(WalletRules.linkWallet(links, links.at(-1)!.address, context(20))))
    const later = WalletRules.linkWallet(links, addressOf("new"), context(WalletRules.defaultCoolDownMillis))
    assert.strictEqual(Result.getOrThrow(later)?.address, addressOf("new"))
  })

  it("may be the player's own", () => {
    assert.isNull(Result.getOrThrow(WalletRules.linkWallet(linked(["a", 1]), addressOf("a"), context(5, playerId))))
  })
})

const step = Schema.Struct({
  name: Schema.Literals(["a", "b", "c"]),
  wait: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 150 }))
})
const steps = Arbitrary.array(Arbitrary.schema(step), { minLength: 1, maxLength: WalletRules.changesMost })

describe("RW-3 any sequence of changes", () => {
  it.prop(
    "pays an address only a cool-down after it was given, and the last one in the end",
    { steps },
    ({ steps }) => {
      let now = 0
      const given = steps.map(({ name, wait }): Given => [name, now += wait])
      const links = linked(...given)
      const first = given[0]![1]
      for (let at = first; at <= now + 100; at += 25) {
        const paid = WalletRules.payeeOf(links, at)!
        assert.isTrue(paid === links[0] || paid.linkedAtMillis + 100 <= at)
      }
      assert.strictEqual(WalletRules.payeeOf(links, now + 100)?.address, addressOf(given.at(-1)![0]))
    },
    { arbitrary: { runs: 300, size: 30 } }
  )
})
