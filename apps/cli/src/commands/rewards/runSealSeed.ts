/** Seals the seed of the operator's account. The seed itself is never printed, and is no argument that others could see. */
import { sealSeed, signerOf } from "@purser/integrations/banano"
import { sealingKeyOf } from "@purser/runtime/faucet"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { randomBytes } from "node:crypto"
import { readFileSync } from "node:fs"
import { type CommandFailed, failed } from "../../terminal/CommandFailed.ts"
import { explain } from "../../terminal/explain.ts"
import { print } from "../../terminal/output.ts"
import { pairs } from "../../terminal/table.ts"

const seedBytes = 32

const made = Effect.sync(() => Redacted.make(randomBytes(seedBytes).toString("hex")))

/** What is typed on a terminal can be read on it. */
const given: Effect.Effect<Redacted.Redacted<string>, CommandFailed> = Effect.suspend(() => {
  if (process.stdin.isTTY) {
    return Effect.fail(failed("give the seed on standard input, such as from a file with < seed.hex; --new makes one"))
  }
  const text = readFileSync(0, "utf8").trim()
  return /^[0-9a-f]{64}$/iu.test(text)
    ? Effect.succeed(Redacted.make(text.toLowerCase()))
    : Effect.fail(failed("a seed has 64 hexadecimal digits, and nothing else is read"))
})

const advice =
  "Set PURSER_BANANO_SEED to the sealed text. It opens with that key alone: keep both, apart from each other. Without either the money is lost."

interface Input {
  readonly isNew: boolean
  readonly json: boolean
}

/** What the command does. */
export const run = Effect.fnUntraced(function*({ isNew, json }: Input) {
  const key = yield* explain(sealingKeyOf(process.env))
  const seed = yield* isNew ? made : given
  const { address } = yield* explain(Effect.fromResult(signerOf(seed)))
  const sealed = yield* explain(sealSeed(seed, key))
  yield* print(
    json,
    { address, key_id: key.id, sealed },
    pairs([["account", address], ["key", key.id], ["sealed", sealed]])
  )
  yield* Console.error(advice)
})
