/** Makes states of a chain, step by step, for tests of the model. */
import * as Result from "effect/Result"
import { type ChainState, genesis, type Transaction } from "../../../src/monero/sandbox/chain/ChainState.ts"
import {
  doubleSpend,
  mine,
  reorganise,
  resend,
  send,
  type Sent,
  type Step
} from "../../../src/monero/sandbox/chain/network.ts"
import { lookAtPool, refresh } from "../../../src/monero/sandbox/chain/wallet.ts"

/** The id of the transaction of that name. */
export const idOf = (name: string): string => Buffer.from(name).toString("hex").padEnd(64, "0")

/** A transaction of one output to the primary address. */
export const sent = (name: string, change: Partial<Sent> = {}): Sent => ({
  id: idOf(name),
  paymentId: "0123456789abcdef",
  outputs: [{ subaddress: 0, amountMinor: 5n }],
  unlockTime: 0n,
  isReward: false,
  sentAtMillis: 1_700_000_000_000,
  ...change
})

/** A step that a state is taken by. */
export type Deed = (state: ChainState) => ChainState

const taken = (step: (state: ChainState) => Step): Deed => (state) => Result.getOrThrow(step(state))

/** The steps by short names. */
export const deeds = {
  pay: (name: string, change: Partial<Sent> = {}): Deed => (state) => send(state, sent(name, change)),
  mine: (blocks: number): Deed => taken((state) => mine(state, blocks)),
  reward: (name: string): Deed => taken((state) => mine(state, 1, () => sent(name, { isReward: true }))),
  replace: (depth: number, fate: "pool" | "lost"): Deed => taken((state) => reorganise(state, { depth, fate })),
  resend: (name: string): Deed => taken((state) => resend(state, idOf(name))),
  doubleSpend: (name: string): Deed => taken((state) => doubleSpend(state, idOf(name))),
  refresh,
  lookAtPool
}

/** The state after these steps on a fresh chain. */
export const after = (...steps: ReadonlyArray<Deed>): ChainState => steps.reduce((state, step) => step(state), genesis)

/** The transaction of that name. */
export const named = ({ transactions }: ChainState, name: string): Transaction =>
  transactions.find(({ id }) => id === idOf(name))!
