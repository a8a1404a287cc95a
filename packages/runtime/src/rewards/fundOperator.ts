/** Gives the operator of a sandbox play money to pay out. */
import {
  BananoNode,
  BananoWork,
  rawPerBan,
  type ReceivableBlock,
  receiveBlock,
  rootOf,
  signBlock,
  unopened
} from "@purser/integrations/banano"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { FaucetLine } from "./FaucetLine.ts"
import { OperatorSigner } from "./layerFaucet.ts"

/** Enough for many kills; the floor of 50 BAN is in it. */
const playBan = 100_000n

/** Opens the account on the play chain with what waits there. */
const open = Effect.fnUntraced(function*({ amountRaw, hash }: ReceivableBlock) {
  const signer = yield* OperatorSigner
  const block = receiveBlock(unopened(signer.address, signer.address), { hash, amountRaw })
  const signed = signBlock(block, signer, yield* BananoWork.use(({ find }) => find(rootOf(block))))
  if (signed !== undefined) yield* BananoNode.use(({ publish }) => publish(signed))
})

/**
 * Once: an account that has a block, or something to receive, has been given some. Where the signer only rehearses it receives
 * nothing, and nothing could be paid out of an account that was never opened: so that is done here.
 */
const fund = (isRehearsal: boolean) =>
  Effect.gen(function*() {
    const { sandboxes: { banano } } = yield* FaucetLine
    if (banano === undefined) return
    const { accountInfo, receivable } = yield* BananoNode
    const { address } = yield* OperatorSigner
    if ((yield* accountInfo(address)) !== undefined) return
    if ((yield* receivable(address)).length === 0) {
      const { makeSandboxControl } = yield* Effect.promise(() => import("@purser/integrations/banano/sandbox"))
      yield* makeSandboxControl(banano).fund({ address, amountRaw: playBan * rawPerBan })
    }
    if (isRehearsal) yield* Effect.forEach((yield* receivable(address)).slice(0, 1), open)
  }).pipe(
    // A sandbox that can not be funded pays nothing, and says so.
    Effect.catch((error) => Effect.logWarning(`the operator of the sandbox got no play money: ${error.message}`))
  )

/** Does not hold the start up: work for a block takes seconds. */
export const fundOperator = (
  isRehearsal: boolean
): Effect.Effect<void, never, BananoNode | FaucetLine | OperatorSigner | Scope.Scope> =>
  Effect.asVoid(Effect.forkScoped(Effect.provide(fund(isRehearsal), BananoWork.layerLocal)))
