/** Drives the chain of the sandbox: blocks, reorganisations, and a daemon that is away. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import { explain } from "../../terminal/explain.ts"
import { jsonFlag, print } from "../../terminal/output.ts"
import { pairs } from "../../terminal/table.ts"
import { sandboxUrlFlag } from "./flags.ts"

/** The client of the sandbox is loaded only when it is asked for. */
const control = (url: Option.Option<string>) =>
  Effect.flatMap(Effect.promise(() => import("./control.ts")), ({ control }) => control(url))

/** `purser sandbox status` */
export const status = Command.make(
  "status",
  { url: sandboxUrlFlag, json: jsonFlag },
  Effect.fnUntraced(function*({ json, url }) {
    const now = yield* explain((yield* control(url)).status)
    yield* print(json, now, pairs(Object.entries(now).map(([name, value]) => [name, String(value)] as const)))
  })
).pipe(Command.withDescription("Show height, address and pool"))

/** `purser sandbox mine` */
export const mine = Command.make(
  "mine",
  {
    blocks: Argument.Int("blocks").pipe(Argument.withDefault(1), Argument.withDescription("How many; 1 unless given")),
    url: sandboxUrlFlag,
    json: jsonFlag
  },
  Effect.fnUntraced(function*({ blocks, json, url }) {
    yield* explain((yield* control(url)).mine(blocks))
    yield* print(json, { mined: blocks }, `mined ${blocks} blocks`)
  })
).pipe(Command.withDescription("Mine blocks at once"))

/** `purser sandbox reorganise` */
export const reorganise = Command.make(
  "reorganise",
  {
    depth: Argument.Int("depth").pipe(Argument.withDescription("How many blocks to replace")),
    lose: Flag.Boolean("lose").pipe(
      Flag.withDefault(false),
      Flag.withDescription("Forget their transactions, instead of putting them back into the pool")
    ),
    url: sandboxUrlFlag,
    json: jsonFlag
  },
  Effect.fnUntraced(function*({ depth, json, lose, url }) {
    const fate = lose ? "lost" : "pool"
    yield* explain((yield* control(url)).reorganise({ depth, fate }))
    yield* print(json, { replaced: depth, fate }, `replaced the last ${depth} blocks; their transactions: ${fate}`)
  })
).pipe(Command.withDescription("Replace the last blocks by one more than that"))

/** `purser sandbox daemon` */
export const daemon = Command.make(
  "daemon",
  {
    state: Argument.Literals("state", ["up", "down"]).pipe(Argument.withDescription("up or down")),
    url: sandboxUrlFlag,
    json: jsonFlag
  },
  Effect.fnUntraced(function*({ json, state, url }) {
    const chain = yield* control(url)
    yield* explain(state === "up" ? chain.startDaemon : chain.stopDaemon)
    yield* print(json, { daemon: state }, `the daemon is ${state}`)
  })
).pipe(Command.withDescription("Take the daemon away, or bring it back"))
