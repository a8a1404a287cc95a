/** Tells what an operator without a node has to rehearse with. */
import { assert, describe, it } from "@effect/vitest"
import { BananoNode, rawPerBan, signerOf } from "@purser/integrations/banano"
import { BananoSandbox } from "@purser/integrations/banano/sandbox"
import { DiscordId } from "@purser/integrations/discord"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { FaucetLine } from "../../src/rewards/FaucetLine.ts"
import { fundOperator } from "../../src/rewards/fundOperator.ts"
import { OperatorSigner } from "../../src/rewards/layerFaucet.ts"
import { digits } from "./environments.ts"

const seed = Redacted.make(digits("play"))
const secret = Redacted.make("play")
const guildId = DiscordId.make("419799502946304000")

/** Only the sandbox of Banano is there; nothing asks for the others. */
const line = Layer.effect(
  FaucetLine,
  BananoSandbox.useSync(({ nodeUrl, url }) => ({
    discord: { options: { apiUrl: url }, authorizeUrl: url, clientId: "1", clientSecret: secret, guildId },
    yunite: { guildId, token: secret, url },
    fortnite: { url, key: secret },
    node: { url: nodeUrl },
    seed,
    representative: null,
    work: "local" as const,
    sandboxes: { banano: url }
  }))
)

const world = Layer.merge(
  Layer.succeed(OperatorSigner, Result.getOrThrow(signerOf(seed))),
  Layer.unwrap(BananoSandbox.useSync(({ nodeUrl }) => BananoNode.layer({ url: nodeUrl })))
).pipe(
  Layer.provideMerge(line),
  Layer.provideMerge(BananoSandbox.layer({ host: "127.0.0.1", port: 0, dataFile: null, confirmationMillis: 0 }))
)

const { address } = Result.getOrThrow(signerOf(seed))

const waitFor = <A, E, R>(look: Effect.Effect<A | undefined, E, R>): Effect.Effect<A, E, R> =>
  Effect.flatMap(
    look,
    (found) => found === undefined ? Effect.andThen(Effect.sleep(50), waitFor(look)) : Effect.succeed(found)
  )

describe("RW-11 a rehearsal without a node", { timeout: 120_000 }, () => {
  it.live("has an account that is open, once, however often it is started", () =>
    Effect.scoped(Effect.gen(function*() {
      const { accountInfo, receivable } = yield* BananoNode
      yield* fundOperator(true)
      const { balanceRaw } = yield* waitFor(accountInfo(address))
      assert.strictEqual(balanceRaw, 100_000n * rawPerBan)
      yield* fundOperator(true)
      yield* Effect.sleep(300)
      assert.deepStrictEqual(yield* receivable(address), [])
    })).pipe(Effect.provide(world)))

  it.live("leaves what came in to the signer where one pays", () =>
    Effect.scoped(Effect.gen(function*() {
      const { accountInfo, receivable } = yield* BananoNode
      yield* fundOperator(false)
      yield* waitFor(Effect.map(receivable(address), ([first]) => first))
      assert.strictEqual(yield* accountInfo(address), undefined)
    })).pipe(Effect.provide(world)))
})
