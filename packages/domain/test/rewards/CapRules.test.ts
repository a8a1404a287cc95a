import { assert, describe, it } from "@effect/vitest"
import { CapRules } from "@purser/domain/rewards"
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"

const windows = (now: number, zone: string) => CapRules.windowsOf(now, DateTime.zoneMakeNamedUnsafe(zone))
const iso = (millis: number) => new Date(millis).toISOString().slice(0, 16)

describe("RW-6 the windows of the caps", () => {
  it.each([
    ["UTC", "2026-11-25T09:00Z", "2026-11-25T00:00", "2026-11-23T00:00"],
    ["UTC", "2026-11-23T00:00Z", "2026-11-23T00:00", "2026-11-23T00:00"],
    ["UTC", "2026-11-22T23:59Z", "2026-11-22T00:00", "2026-11-16T00:00"],
    ["UTC", "2027-01-01T12:00Z", "2027-01-01T00:00", "2026-12-28T00:00"],
    ["Europe/Berlin", "2026-03-29T12:00Z", "2026-03-28T23:00", "2026-03-22T23:00"],
    ["Europe/Berlin", "2026-03-30T12:00Z", "2026-03-29T22:00", "2026-03-29T22:00"],
    ["Europe/Berlin", "2026-10-25T12:00Z", "2026-10-24T22:00", "2026-10-18T22:00"],
    ["America/New_York", "2026-03-08T20:00Z", "2026-03-08T05:00", "2026-03-02T05:00"],
    ["America/New_York", "2026-11-01T20:00Z", "2026-11-01T04:00", "2026-10-26T04:00"],
    ["Pacific/Auckland", "2026-04-05T02:00Z", "2026-04-04T11:00", "2026-03-29T11:00"],
    ["Pacific/Auckland", "2026-09-27T02:00Z", "2026-09-26T12:00", "2026-09-20T12:00"]
  ])("start in %s at %s with %s and %s", (...[zone, now, ...starts]) => {
    const { dayStartMillis, weekStartMillis } = windows(Date.parse(now), zone)
    assert.deepStrictEqual([iso(dayStartMillis), iso(weekStartMillis)], starts)
  })
})

const zone = Schema.Literals(["UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland"])
const hour = Schema.Int.check(Schema.isBetween({ minimum: 440_000, maximum: 700_000 }))

describe("RW-6 any moment", () => {
  it.prop("lies in a day and a week that start at local midnight, the week on a Monday", { zone, hour }, (any) => {
    const now = any.hour * 3_600_000
    const { dayStartMillis, weekStartMillis } = windows(now, any.zone)
    const clock = new Intl.DateTimeFormat("en-GB", {
      timeZone: any.zone,
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23"
    })
    assert.include(clock.format(dayStartMillis), "00:00")
    assert.match(clock.format(weekStartMillis), /^Mon.*00:00$/u)
    assert.isTrue(weekStartMillis <= dayStartMillis && dayStartMillis <= now)
    assert.isTrue(now - dayStartMillis < 25 * 3_600_000 && now - weekStartMillis < 169 * 3_600_000)
  }, { arbitrary: { runs: 300, size: 100 } })
})

describe("RW-6 what is left of the caps", () => {
  it.each([
    { used: [0, 0], left: 1 },
    { used: [1, 1], left: 0 },
    { used: [0, 2], left: 1 },
    { used: [0, 3], left: 0 },
    { used: [2, 4], left: 0 }
  ])("is $left of one a day and three a week after $used", ({ left, used: [inDay, inWeek] }) => {
    assert.strictEqual(CapRules.remainingOf(CapRules.defaultCaps, { inDay: inDay!, inWeek: inWeek! }), left)
  })

  it("is the lesser of day and week in kills", () => {
    const caps: CapRules.Caps = { unit: "kills", perDay: 150, perWeek: 750 }
    assert.strictEqual(CapRules.remainingOf(caps, { inDay: 20, inWeek: 700 }), 50)
    assert.strictEqual(CapRules.remainingOf(caps, { inDay: 20, inWeek: 20 }), 130)
  })
})
