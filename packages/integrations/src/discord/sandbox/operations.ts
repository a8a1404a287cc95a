/** Does to users and guild what a sandbox of Discord offers. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { Faults } from "../../loopback/Faults.ts"
import { SandboxRefusedRequest } from "../../loopback/SandboxError.ts"
import type { Grants } from "./Grants.ts"
import type { Guild } from "./Guild.ts"
import type { SandboxFault, SandboxJoining, SandboxOperations } from "./SandboxOperations.ts"

/** What operations are done to. */
export interface Premises {
  readonly guild: Guild
  readonly grants: Grants
  readonly faults: Faults<SandboxFault>
}

/** The operations on one sandbox. */
export const operationsOn = ({ faults, grants, guild }: Premises): SandboxOperations<SandboxRefusedRequest> => ({
  status: Effect.gen(function*() {
    return {
      guildId: guild.id,
      users: [...guild.users.values()].map((user) => ({ ...user, isMember: guild.joinedAtMillis.has(user.id) })),
      grants: grants.count(yield* Clock.currentTimeMillis),
      faults: yield* faults.left
    }
  }),
  addUser: (user) => Effect.sync(() => void guild.users.set(user.id, user)),
  join: Effect.fnUntraced(function*({ joinedAtMillis, userId }: SandboxJoining) {
    if (!guild.users.has(userId)) return yield* new SandboxRefusedRequest({ code: "unknown", detail: "no such user" })
    guild.joinedAtMillis.set(userId, joinedAtMillis ?? (yield* Clock.currentTimeMillis))
  }),
  leave: (userId) => Effect.sync(() => void guild.joinedAtMillis.delete(userId)),
  fail: faults.plan
})
