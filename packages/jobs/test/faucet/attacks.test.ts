/** Tries what somebody would who wants to be paid for nothing, or to keep others from being paid. */
import { assert, describe, layer } from "@effect/vitest"
import { Players } from "@purser/domain/faucet"
import { DiscordId } from "@purser/integrations/discord"
import { YuniteSandbox } from "@purser/integrations/yunite/sandbox"
import * as Effect from "effect/Effect"
import { hour, inTime, joins, pass, type Person, person, plays, readDue, statusOf, worldIn } from "./world.ts"

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
  })
})
