/** Tells what is concluded from two readings of a player. */
import { assert, describe, it } from "@effect/vitest"
import type { LifetimeStats } from "@purser/domain/rewards"
import { DiscordAccountId, Player, PlayerId } from "@purser/domain/rewards"
import type { PlayProfile } from "@purser/domain/risk"
import { judge, type Judgement } from "../../src/faucet/earning/judge.ts"

const minute = 60_000

const player = new Player({
  id: PlayerId.make("p1"),
  discordId: DiscordAccountId.make("10000000000000001"),
  discordName: "Ann",
  epicId: null,
  membership: "member",
  link: "linked",
  verifiedAtMillis: 0,
  verifiedBy: "sign_in",
  stats: "read",
  region: "unknown",
  risk: "none",
  lastGainAtMillis: 0,
  nextReadAtMillis: 0,
  nextVerificationAtMillis: 0,
  createdAtMillis: 0,
  erasedAtMillis: null,
  version: 1
})

const subject = { playerId: player.id, testPlayers: new Set<PlayerId>() }

type Known = Extract<LifetimeStats, { readonly _tag: "Known" }>

const stats = (fields: Partial<Known> = {}): Known => ({
  _tag: "Known",
  kills: 100,
  matches: 50,
  minutesPlayed: 500,
  lastModifiedMillis: 1,
  ...fields
})

const judged = (read: Known, nowMillis: number, profile?: PlayProfile): Judgement =>
  judge(read, { player, subject, profile, nowMillis })

const first = judged(stats(), minute)

const kindsAfter = (fields: Partial<Known>, minutes = 10): ReadonlyArray<string> =>
  judged(stats({ lastModifiedMillis: 2, ...fields }), minute * (1 + minutes), first.profile).signals.map(({ kind }) =>
    kind
  )

describe("RW-15 a reading", () => {
  it("alone is only remembered", () => {
    assert.deepStrictEqual(first.signals, [])
    assert.strictEqual(first.killsPerHour, null)
    assert.strictEqual(first.profile.reading?.kills, 100)
  })

  it.each<readonly [Partial<Known>, ReadonlyArray<string>]>([
    [{ kills: 105, matches: 52, minutesPlayed: 510 }, []],
    [{ kills: 201, matches: 60, minutesPlayed: 510 }, ["KillRate", "KillRate"]],
    [{ kills: 135, matches: 51, minutesPlayed: 510 }, ["KillsPerMatch"]],
    [{ kills: 106, matches: 51, minutesPlayed: 510, lastModifiedMillis: 1 }, ["StaleStats"]],
    [{ kills: 120, matches: 51, minutesPlayed: 501 }, ["KillRate"]],
    [{ kills: 90, matches: 40, minutesPlayed: 400 }, []]
  ])("of %j raises %j", (fields, kinds) => {
    assert.deepStrictEqual(kindsAfter(fields), kinds)
  })

  it("concludes nothing from figures that went down", () => {
    assert.deepStrictEqual(kindsAfter({ kills: 110, matches: 10, minutesPlayed: 1 }), [])
  })

  it("does not take fifteen minutes for one", () => {
    assert.deepStrictEqual(kindsAfter({ kills: 118, matches: 55, minutesPlayed: 514 }, 15), [])
  })

  it("waits for the next where it follows too closely", () => {
    const next = judged(stats({ kills: 190 }), minute + 59_999, first.profile)
    assert.deepStrictEqual(next.signals, [])
    assert.deepStrictEqual(next.profile, first.profile)
  })

  it("tells the rate of an hour", () => {
    assert.strictEqual(judged(stats({ kills: 110 }), 11 * minute, first.profile).killsPerHour, 60)
  })
})
