/** Tells what the directory's word about a player changes, and what its silence does not. */
import { assert, describe, it } from "@effect/vitest"
import {
  DiscordAccountId,
  EpicId,
  Player,
  PlayerId,
  type Registration,
  VerificationRules
} from "@purser/domain/rewards"
import * as Schema from "effect/Schema"

const now = 1_000_000
const every = 100_000
const ours = EpicId.make("epic-1")
const other = EpicId.make("epic-2")

const player = (fields: Partial<Player> = {}): Player =>
  new Player({
    id: PlayerId.make("p1"),
    discordId: DiscordAccountId.make("10000000000000001"),
    discordName: "Ann",
    epicId: ours,
    membership: "member",
    link: "linked",
    verifiedAtMillis: 5,
    verifiedBy: "sign_in",
    stats: "read",
    region: "DE",
    risk: "none",
    lastGainAtMillis: 7,
    nextReadAtMillis: 8,
    nextVerificationAtMillis: 9,
    createdAtMillis: 1,
    erasedAtMillis: null,
    version: 3,
    ...fields
  })

const asked = (fields: Partial<VerificationRules.Asked> = {}): VerificationRules.Asked => ({
  source: "refresh",
  nowMillis: now,
  everyMillis: every,
  spread: 0.5,
  ownerId: null,
  ...fields
})

const linked = (epicId: EpicId): Registration => ({ _tag: "Linked", epicId })
const unanswered: Registration = { _tag: "Unanswered", why: "left out" }

const nextRead = (source: VerificationRules.Asked["source"]): number =>
  VerificationRules.apply(player(), linked(ours), asked({ source })).player.nextReadAtMillis

type Case = readonly [
  before: Partial<Player>,
  said: Registration,
  after: Pick<Player, "membership" | "link" | "epicId">,
  rebased: ReadonlyArray<EpicId>
]

describe("RW-2 verification", () => {
  it.each<Case>([
    [{}, linked(ours), { membership: "member", link: "linked", epicId: ours }, []],
    [{}, linked(other), { membership: "member", link: "linked", epicId: other }, [ours, other]],
    [{ epicId: null, link: "unknown" }, linked(ours), { membership: "member", link: "linked", epicId: ours }, [ours]],
    [{}, { _tag: "NotLinked" }, { membership: "member", link: "not_linked", epicId: null }, [ours]],
    [{}, { _tag: "NotInGuild" }, { membership: "left", link: "linked", epicId: ours }, [ours]],
    [{ membership: "left" }, { _tag: "NotInGuild" }, { membership: "left", link: "linked", epicId: ours }, []],
    [{ membership: "left" }, linked(ours), { membership: "member", link: "linked", epicId: ours }, [ours]],
    [{ membership: "unknown" }, linked(ours), { membership: "member", link: "linked", epicId: ours }, []],
    [{}, unanswered, { membership: "member", link: "linked", epicId: ours }, []]
  ])("of %j told %j gives %j", (...[before, said, after, rebased]) => {
    const applied = VerificationRules.apply(player(before), said, asked())
    const { epicId, link, membership } = applied.player
    assert.deepStrictEqual({ membership, link, epicId }, after)
    assert.deepStrictEqual(applied.rebased, rebased)
  })

  it("says when it was confirmed, and not where nothing was", () => {
    assert.strictEqual(VerificationRules.apply(player(), linked(ours), asked()).player.verifiedAtMillis, now)
    const silent = VerificationRules.apply(player(), unanswered, asked())
    assert.strictEqual(silent.player.verifiedAtMillis, 5)
    assert.strictEqual(silent.record.outcome, "unanswered")
  })

  it("asks again sooner where nothing was found out", () => {
    assert.strictEqual(
      VerificationRules.apply(player(), linked(ours), asked()).player.nextVerificationAtMillis,
      now + every
    )
    const silent = VerificationRules.apply(player(), unanswered, asked())
    assert.strictEqual(silent.player.nextVerificationAtMillis, now + every / 4)
  })

  it("reads a player who came back at once", () => {
    const back = VerificationRules.apply(player({ membership: "left" }), linked(ours), asked())
    assert.strictEqual(back.player.nextReadAtMillis, now)
  })

  it("reads next whom somebody asks about, and nobody for the refresh alone", () => {
    assert.strictEqual(nextRead("player"), now)
    assert.strictEqual(nextRead("admin"), now)
    assert.strictEqual(nextRead("refresh"), 8)
  })

  it("forgets what was read of another account", () => {
    assert.strictEqual(VerificationRules.apply(player(), linked(other), asked()).player.stats, "unknown")
  })

  it.prop("leaves membership and link alone when nobody answers", {
    membership: Schema.Literals(["member", "left", "unknown"])
  }, ({ membership }) => {
    const { player: after } = VerificationRules.apply(player({ membership }), unanswered, asked())
    assert.strictEqual(after.membership, membership)
    assert.strictEqual(after.link, "linked")
  })
})

describe("RW-3 an Epic account of another player", () => {
  const owner = PlayerId.make("p2")

  it("stays with whom it is, and the claim is told", () => {
    const applied = VerificationRules.apply(player({ epicId: null }), linked(other), asked({ ownerId: owner }))
    assert.strictEqual(applied.player.epicId, null)
    assert.strictEqual(applied.player.link, "not_linked")
    assert.deepStrictEqual(applied.contested, { epicId: other, ownerId: owner })
    assert.strictEqual(applied.record.outcome, "epic_taken")
    assert.strictEqual(applied.record.epicId, other)
  })

  it("takes the player's own account away, which is not the one that was shown", () => {
    const applied = VerificationRules.apply(player(), linked(other), asked({ ownerId: owner }))
    assert.strictEqual(applied.player.epicId, null)
    assert.deepStrictEqual(applied.rebased, [ours])
  })

  it("is the player's own", () => {
    const applied = VerificationRules.apply(player(), linked(ours), asked({ ownerId: PlayerId.make("p1") }))
    assert.strictEqual(applied.contested, null)
    assert.strictEqual(applied.player.epicId, ours)
  })
})
