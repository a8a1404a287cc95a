/** Returns to the system what loading the program took. */
import * as Effect from "effect/Effect"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"

interface Collection {
  readonly type: "major"
  readonly execution: "async"
  readonly flavor: "last-resort"
}

type Collect = (collection: Collection) => Promise<void>

/** V8 shows its collector to those who ask for it by this flag, in contexts made afterwards. */
const collector = (): Collect | undefined => {
  setFlagsFromString("--expose-gc")
  const found: unknown = runInNewContext("typeof gc === 'function' ? gc : undefined")
  setFlagsFromString("--no-expose-gc")
  return found as Collect | undefined
}

/**
 * Collects once, thoroughly. Loading hundreds of modules leaves a young generation of tens of megabytes that an idle
 * process would never give back by itself. Best effort: a V8 without that collector is left alone.
 */
export const returnMemory: Effect.Effect<void> = Effect.promise(async () => {
  await collector()?.({ type: "major", execution: "async", flavor: "last-resort" })
})
