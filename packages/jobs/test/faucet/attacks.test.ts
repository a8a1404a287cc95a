/** Tries what somebody would who wants to be paid for nothing, or to keep others from being paid. */
import { assert, describe, layer } from "@effect/vitest"
import { FaucetAdmin, Players } from "@purser/domain/faucet"
import { DiscordId } from "@purser/integrations/discord"
import { FortniteSandbox } from "@purser/integrations/fortnite/sandbox"
import { YuniteSandbox } from "@purser/integrations/yunite/sandbox"
import * as Effect from "effect/Effect"
import {
  arrives,
  exists,
  givesWallet,
  hour,
  inTime,
  joins,
  pass,
  type Person,
  person,
  plays,
  readDue,
  settle,
  statusOf,
  worldIn
} from "./world.ts"

const leaves = ({ discordId }: Person) => YuniteSandbox.use((yunite) => yunite.leave(DiscordId.make(discordId)))
const comesBack = ({ discordId }: Person) => YuniteSandbox.use((yunite) => yunite.join(DiscordId.make(discordId)))
const isVerified = ({ playerId }: Person) => inTime(Players.use((players) => players.verify(playerId, "player")))

const signsIn = ({ discordId, playerId }: Person, membership: "member" | "left") =>
  inTime(
    Players.use((players) => players.arrive({ playerId, discordId, discordName: "somebody", membership, region: "DE" }))
  )

describe("somebody who wants to be paid for nothing", () => {
  layer(worldIn("sqlite"), { excludeTestServices: true })((it) => {
    it.effect("RW-2 earns nothing of what was killed outside the server, however often it was read there", () =>
      Effect.gen(function*() {
        const eve = person("eve")
        yield* joins(eve)
        yield* leaves(eve)
        yield* isVerified(eve)
        yield* readDue
        yield* pass(hour)
        yield* plays(eve, 50)
        yield* comesBack(eve)
        yield* isVerified(eve)
        yield* readDue
        assert.strictEqual((yield* statusOf(eve)).openKills, 0)
        yield* pass(hour)
        yield* plays(eve, 1)
        yield* readDue
        assert.strictEqual((yield* statusOf(eve)).openKills, 1)
      }))

    it.effect("RW-2 earns nothing of it either when Discord is the first to tell who left and came back", () =>
      Effect.gen(function*() {
        const eva = person("eva")
        yield* joins(eva)
        yield* leaves(eva)
        yield* signsIn(eva, "left")
        yield* pass(hour)
        yield* plays(eva, 50)
        yield* comesBack(eva)
        yield* signsIn(eva, "member")
        yield* pass(hour)
        yield* readDue
        assert.strictEqual((yield* statusOf(eva)).openKills, 0)
      }))

    it.effect("RW-6 gets no cap anew by giving an Epic account to another of one's own players", () =>
      Effect.gen(function*() {
        const one = person("one-of-two")
        const two = { ...person("two-of-two"), epicId: one.epicId }
        yield* joins(one)
        yield* plays(one, 2)
        yield* readDue
        assert.isAtLeast((yield* settle).payouts, 1)
        yield* YuniteSandbox.use((yunite) => yunite.unlink(DiscordId.make(one.discordId)))
        yield* isVerified(one)
        yield* exists(two, 102)
        yield* arrives(two)
        yield* givesWallet(two)
        yield* readDue
        yield* pass(hour)
        yield* plays(two, 3)
        yield* readDue
        const { caps, openKills } = yield* statusOf(two)
        assert.strictEqual(openKills, 3)
        assert.strictEqual(caps.usedInDay, 1)
        yield* settle
        assert.strictEqual((yield* statusOf(two)).openKills, 3)
      }))

    it.effect("RW-15 RW-20 does not come back as nobody while signs of abuse wait for an admin", () =>
      Effect.gen(function*() {
        const max = person("max")
        yield* joins(max)
        yield* FortniteSandbox.use((fortnite) =>
          fortnite.play({ epicId: max.epicId, kills: 5000, matches: 1, minutesPlayed: 1 })
        )
        yield* readDue
        const erase = inTime(Players.use((players) => players.erase(max.playerId)))
        assert.include(yield* Effect.flip(erase), { _tag: "EraseRefused", why: "UnderReview" })
        assert.strictEqual((yield* statusOf(max)).player.risk, "hold")
        const admin = yield* FaucetAdmin
        const actor = { name: "discord:1", correlationId: null }
        for (const { raised } of yield* admin.reviews({ playerId: max.playerId, limit: 100 })) {
          const decision = { dedupeKey: raised.signal.dedupeKey, verdict: "cleared", note: "a tournament" } as const
          yield* inTime(admin.review(actor, decision))
        }
        yield* erase
      }))
  })
})

describe("somebody who wants nobody to be paid", () => {
  layer(worldIn("sqlite"), { excludeTestServices: true })((it) => {
    it.effect("RW-13 keeps nobody from earning by accounts that the provider can not tell anything of", () =>
      Effect.gen(function*() {
        const bad = Array.from({ length: 3 }, (_, at) => person(`bad-${at}`))
        const good = Array.from({ length: 20 }, (_, at) => person(`good-${at}`))
        yield* Effect.forEach([...bad, ...good], (who) => Effect.andThen(exists(who), arrives(who)), { discard: true })
        yield* Effect.forEach([...bad, ...good], givesWallet, { discard: true })
        const broken = bad.map(({ epicId }) => ({
          kind: "status" as const,
          status: 400,
          answers: 100,
          path: `/v2/stats/br/v2/${epicId}`
        }))
        yield* FortniteSandbox.use((fortnite) => fortnite.fail(broken))
        const first = yield* readDue
        assert.deepStrictEqual([first.read, first.stoppedBy], [20, null])
        assert.strictEqual((yield* readDue).due, 0)
        yield* FortniteSandbox.use((fortnite) => fortnite.fail([]))
        yield* pass(hour)
        assert.strictEqual((yield* readDue).read, 23)
      }))

    it.effect("RW-2 keeps nobody from being verified by asking about oneself without end", () =>
      Effect.gen(function*() {
        const yunite = yield* YuniteSandbox
        const loud = person("loud")
        yield* joins(loud)
        const before = yunite.questions.length
        for (let time = 0; time < 8; time += 1) yield* isVerified(loud)
        assert.strictEqual(yunite.questions.length, before + 5)
        yield* pass(hour)
        yield* Effect.all(Array.from({ length: 20 }, () => isVerified(loud)), { concurrency: "unbounded" })
        assert.isAtMost(yunite.questions.length, before + 10)
        yield* pass(hour)
        yield* yunite.fail([{ kind: "status", status: 403, answers: 100 }])
        for (let time = 0; time < 5; time += 1) yield* Effect.flip(isVerified(loud))
        assert.strictEqual((yield* isVerified(loud)).link, "linked")
        yield* yunite.fail([])
      }))

    it.effect("RW-13 asks no further once the provider fails with everybody", () =>
      Effect.gen(function*() {
        yield* pass(hour)
        yield* FortniteSandbox.use((fortnite) => fortnite.fail([{ kind: "status", status: 400, answers: 1000 }]))
        const round = yield* readDue
        assert.strictEqual(round.read, 0)
        assert.strictEqual(round.stoppedBy?.provider, "stats")
        assert.isAtLeast((yield* readDue).due, 1)
        yield* FortniteSandbox.use((fortnite) => fortnite.fail([]))
      }))
  })
})
