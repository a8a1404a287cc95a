/** Runs sandboxes of Banano, and accounts that send and receive on them. */
import {
  BananoNode,
  type NodeOptions,
  receiveBlock,
  sendBlock,
  signBlock,
  type SignedBlock,
  type Signer,
  signerOf,
  type StateBlock,
  unopened,
  type Work
} from "@purser/integrations/banano"
import { BananoSandbox, type RunningSandbox, type SandboxOptions } from "@purser/integrations/banano/sandbox"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"

/** On loopback, in memory, confirming by hand, and content with any work. */
const quiet: SandboxOptions = {
  host: "127.0.0.1",
  port: 0,
  dataFile: null,
  confirmationMillis: null,
  workThreshold: 0n
}

/** Runs a sandbox and a client of it for as long as the effect takes. */
export const withSandbox = <A, E, R>(
  use: (sandbox: RunningSandbox, node: BananoNode["Service"]) => Effect.Effect<A, E, R>,
  change: Partial<SandboxOptions> = {},
  client: Partial<NodeOptions> = {}
) =>
  BananoSandbox.use((sandbox) =>
    BananoNode.use((node) => use(sandbox, node)).pipe(
      Effect.provide(BananoNode.layer({ url: sandbox.nodeUrl, timeoutMillis: 10_000, ...client }), { local: true })
    )
  ).pipe(Effect.provide(BananoSandbox.layer({ ...quiet, ...change }), { local: true }))

/** Accounts of one seed. */
export const accountAt = (index: number): Signer =>
  Result.getOrThrow(signerOf(Redacted.make("0123456789abcdef".repeat(4)), index))

/** Work that a content sandbox takes. */
export const noWork = "0000000000000000" as Work

/** Signs with work of no worth. */
export const sign = (block: StateBlock | undefined, signer: Signer, work: Work = noWork): SignedBlock =>
  signBlock(block!, signer, work)!

/** Where the account stands. */
export const standing = (node: BananoNode["Service"], signer: Signer) =>
  Effect.map(
    Effect.orDie(node.accountInfo(signer.address)),
    (info) => info ?? unopened(signer.address, signer.address)
  )

/** Receives everything that waits, and confirms it. */
export const receiveAll = Effect.fnUntraced(
  function*(sandbox: RunningSandbox, node: BananoNode["Service"], signer: Signer) {
    for (const waiting of yield* node.receivable(signer.address)) {
      const block = sign(receiveBlock(yield* standing(node, signer), waiting), signer)
      yield* node.publish(block, block.previous === "0".repeat(64) ? "open" : "receive")
    }
    yield* sandbox.confirm()
  }
)

/** An account with confirmed play money. */
export const rich = Effect.fnUntraced(
  function*(sandbox: RunningSandbox, node: BananoNode["Service"], amountRaw: bigint) {
    const signer = accountAt(0)
    yield* sandbox.fund({ address: signer.address, amountRaw })
    yield* receiveAll(sandbox, node, signer)
    return signer
  }
)

/** A send from where the account stands. */
export const sending = Effect.fnUntraced(function*(node: BananoNode["Service"], signer: Signer, amountRaw: bigint) {
  return sign(sendBlock(yield* standing(node, signer), accountAt(1).address, amountRaw), signer)
})
