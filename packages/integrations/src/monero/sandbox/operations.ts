/** Does to a chain what the sandbox offers, with names and times from outside the model. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { randomBytes } from "node:crypto"
import { primaryAddress } from "./chain/addresses.ts"
import type { ChainKeeper } from "./chain/ChainKeeper.ts"
import type { ChainState } from "./chain/ChainState.ts"
import { doubleSpend, mine, reorganise, resend, send } from "./chain/network.ts"
import { type Origin, rewardOf, transactionOf } from "./chain/payment.ts"
import { SandboxRefusedRequest } from "./SandboxError.ts"
import type { SandboxOperations, SandboxStatus } from "./SandboxOperations.ts"

const hex = (bytes: number): string => randomBytes(bytes).toString("hex")

const originAt = (atMillis: number): Origin => ({ transactionId: hex(32), madeUpPaymentId: hex(8), atMillis })

const statusOf = ({ height, isDaemonUp, transactions, walletHeight }: ChainState): SandboxStatus => ({
  network: "stagenet",
  primaryAddress,
  height,
  walletHeight,
  poolSize: transactions.filter(({ place }) => place === "pool").length,
  daemon: isDaemonUp ? "up" : "down"
})

const rewardMost = 18_446_744_073_709_551_615n

const checkReward = (rewardMinor: bigint): Effect.Effect<void, SandboxRefusedRequest> =>
  rewardMinor >= 1n && rewardMinor <= rewardMost
    ? Effect.void
    : new SandboxRefusedRequest({ code: "amount", detail: `a reward has 1 to ${rewardMost} piconero` })

/** The operations on one chain. */
export const operationsOn = ({ change, read }: ChainKeeper): SandboxOperations<SandboxRefusedRequest> => {
  const setDaemon = (isDaemonUp: boolean) => Effect.asVoid(change((state) => Result.succeed({ ...state, isDaemonUp })))
  return {
    status: Effect.map(read, statusOf),
    pay: Effect.fnUntraced(function*(payment) {
      const origin = originAt(yield* Clock.currentTimeMillis)
      const sent = yield* Effect.fromResult(transactionOf(payment, origin))
      yield* change((state) => Result.succeed(send(state, sent)))
      return { transactionId: sent.id }
    }),
    mine: Effect.fnUntraced(function*(blocks, rewardMinor) {
      if (rewardMinor === undefined) return void (yield* change((state) => mine(state, blocks)))
      yield* checkReward(rewardMinor)
      const atMillis = yield* Clock.currentTimeMillis
      yield* change((state) => mine(state, blocks, (height) => rewardOf(rewardMinor, height, originAt(atMillis))))
    }),
    reorganise: (reorganisation) => Effect.asVoid(change((state) => reorganise(state, reorganisation))),
    resend: (transactionId) => Effect.asVoid(change((state) => resend(state, transactionId))),
    doubleSpend: (transactionId) => Effect.asVoid(change((state) => doubleSpend(state, transactionId))),
    stopDaemon: setDaemon(false),
    startDaemon: setDaemon(true)
  }
}
