/** Gives the operator of a sandbox play money to pay out. */
import { BananoNode, rawPerBan } from "@purser/integrations/banano"
import * as Effect from "effect/Effect"
import { FaucetLine } from "./FaucetLine.ts"
import { OperatorSigner } from "./layerFaucet.ts"

/** Enough for many kills; the floor of 50 BAN is in it. */
const playBan = 100_000n

/** Once: an account that has a block, or something to receive, has been given some. */
const fund = Effect.gen(function*() {
  const { sandboxes: { banano } } = yield* FaucetLine
  if (banano === undefined) return
  const { accountInfo, receivable } = yield* BananoNode
  const { address } = yield* OperatorSigner
  if ((yield* accountInfo(address)) !== undefined || (yield* receivable(address)).length > 0) return
  const { makeSandboxControl } = yield* Effect.promise(() => import("@purser/integrations/banano/sandbox"))
  yield* makeSandboxControl(banano).fund({ address, amountRaw: playBan * rawPerBan })
})

/** A sandbox that can not be funded pays nothing, and says so. */
export const fundOperator: Effect.Effect<void, never, BananoNode | FaucetLine | OperatorSigner> = Effect.catch(
  fund,
  (error) => Effect.logWarning(`the operator of the sandbox got no play money: ${error.message}`)
)
