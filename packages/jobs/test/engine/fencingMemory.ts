/** Gives out terms in memory: the newest token of each name writes, all others are stale. */
import { Fencing, Stale, type Term } from "@purser/jobs/engine"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** The fence of one test, and the newest tokens by name. */
export const fencingMemory = (newest = new Map<string, bigint>()): Layer.Layer<Fencing> =>
  Layer.succeed(Fencing, { take: (name) => Effect.sync(() => takeTerm(newest, name)) })

const takeTerm = (newest: Map<string, bigint>, name: string): Term => {
  const held = (newest.get(name) ?? 0n) + 1n
  newest.set(name, held)
  const check = Effect.suspend(() => newest.get(name) === held ? Effect.void : new Stale({ name, held }))
  return { token: held, guard: (effect) => Effect.andThen(check, effect) }
}
