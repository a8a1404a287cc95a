/** Makes transactions, by the rules that wallets hold themselves to. */
import * as Result from "effect/Result"
import { SandboxRefusedRequest } from "../SandboxError.ts"
import type { SandboxOutput, SandboxPayment } from "../SandboxOperations.ts"
import { type Payee, payeeOf } from "./addresses.ts"
import { noPaymentId, type Output } from "./ChainState.ts"
import type { Sent } from "./network.ts"

/** What a transaction is given from outside: its name (64 hex digits), a made-up id (16), and the time. */
export interface Origin {
  readonly transactionId: string
  readonly madeUpPaymentId: string
  readonly atMillis: number
}

const unsignedMost = 18_446_744_073_709_551_615n

const refuse = (code: SandboxRefusedRequest["code"], detail: string) =>
  Result.fail(new SandboxRefusedRequest({ code, detail }))

const paymentIdOf = (payees: ReadonlyArray<Payee>): Result.Result<string | null, SandboxRefusedRequest> => {
  const ids = new Set(payees.flatMap(({ paymentId }) => paymentId ?? []))
  if (ids.size > 1) return refuse("several_payment_ids", "a transaction has one payment id")
  const [paymentId = null] = ids
  return paymentId !== null && payees.some(({ subaddress }) => subaddress !== 0)
    ? refuse("payment_id_with_subaddress", "a transaction with a payment id cannot pay a subaddress")
    : Result.succeed(paymentId)
}

const outputsOf = (
  payees: ReadonlyArray<Payee>,
  paid: ReadonlyArray<SandboxOutput>
): Result.Result<ReadonlyArray<Output>, SandboxRefusedRequest> => {
  const sum = paid.reduce((total, { amountMinor }) => total + amountMinor, 0n)
  return paid.some(({ amountMinor }) => amountMinor < 1n) || sum > unsignedMost
    ? refuse("amount", `1 to ${unsignedMost} piconero, all outputs together`)
    : Result.succeed(payees.map(({ subaddress }, index) => ({ subaddress, amountMinor: paid[index]!.amountMinor })))
}

/** The transaction that a payment is. */
export const transactionOf = (payment: SandboxPayment, origin: Origin): Result.Result<Sent, SandboxRefusedRequest> =>
  Result.gen(function*() {
    const { further = [], isOwnChange = false, unlockTime = 0n } = payment
    const paid = [payment, ...further]
    const payees = yield* Result.all(paid.map(({ address }) => payeeOf(address)))
    const paymentId = yield* paymentIdOf(payees)
    if (unlockTime < 0n || unlockTime > unsignedMost) return yield* refuse("unlock_time", `0 to ${unsignedMost}`)
    return {
      id: origin.transactionId,
      paymentId: paymentId ?? (isOwnChange ? origin.madeUpPaymentId : noPaymentId),
      outputs: yield* outputsOf(payees, paid),
      unlockTime,
      isReward: false,
      sentAtMillis: origin.atMillis
    }
  })

/** Blocks that a reward stays locked, by the rules of the chain. */
const rewardLockBlocks = 60

/** The transaction that pays the reward of a block to the wallet. */
export const rewardOf = (amountMinor: bigint, height: number, { atMillis, transactionId }: Origin): Sent => ({
  id: transactionId,
  paymentId: noPaymentId,
  outputs: [{ subaddress: 0, amountMinor }],
  unlockTime: BigInt(height + rewardLockBlocks),
  isReward: true,
  sentAtMillis: atMillis
})
