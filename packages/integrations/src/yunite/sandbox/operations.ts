/** Does to a guild what a sandbox of Yunite offers. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { DiscordId } from "../../discord/DiscordId.ts"
import { playersOf } from "./Guild.ts"
import type { SandboxLink, SandboxOperations } from "./SandboxOperations.ts"
import type { Rooms } from "./server/answerYunite.ts"

/** The operations on one sandbox. None is ever refused. */
export const operationsOn = ({ faults, guild, questions }: Rooms): SandboxOperations<never> => ({
  status: Effect.map(faults.left, (left) => ({
    guildId: guild.id,
    players: playersOf(guild),
    questions: questions.length,
    faults: left
  })),
  join: (userId) => Effect.sync(() => void guild.members.add(userId)),
  leave: (userId) => Effect.sync(() => void guild.members.delete(userId)),
  link: Effect.fnUntraced(function*(userId: DiscordId, link: SandboxLink) {
    const now = yield* Clock.currentTimeMillis
    guild.links.set(userId, { verifiedAtMillis: now, ...link })
  }),
  unlink: (userId) => Effect.sync(() => void guild.links.delete(userId)),
  fail: faults.plan
})
