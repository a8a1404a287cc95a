/** Does to a ledger what the sandbox offers. */
import { utf8ToBytes } from "@noble/hashes/utils.js"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { parseAddress, publicKeyOf } from "../crypto/Address.ts"
import { rawMost } from "../crypto/amount.ts"
import { blake2bOf, type BlockHash, hashFrom } from "../crypto/hash.ts"
import { confirm, confirmUntil, rollBack } from "./ledger/elections.ts"
import type { LedgerKeeper } from "./ledger/LedgerKeeper.ts"
import { empty, entryOf, type LedgerState } from "./ledger/LedgerState.ts"
import { SandboxRefusedRequest } from "./SandboxError.ts"
import type { SandboxOperations, SandboxStatus } from "./SandboxOperations.ts"
import type { Faults } from "./server/Faults.ts"

const statusOf = ({ entries, unchecked }: LedgerState, faults: number): SandboxStatus => ({
  blocks: entries.length,
  confirmed: entries.filter(({ isConfirmed }) => isConfirmed).length,
  unchecked: unchecked.length,
  faults
})

const leftRaw = ({ fundings }: LedgerState): bigint =>
  fundings.reduce((left, { amountRaw }) => left - amountRaw, rawMost)

/** The same fundings have the same hashes in every sandbox. */
const fundingHash = ({ fundings }: LedgerState, address: string): BlockHash =>
  hashFrom(blake2bOf(32, utf8ToBytes(`funding ${fundings.length} of ${address}`)))

type Outcome<A> = { readonly state: LedgerState; readonly answer: Result.Result<A, SandboxRefusedRequest> }

const refused = (state: LedgerState, code: SandboxRefusedRequest["code"], detail: string): Outcome<never> => ({
  state,
  answer: Result.fail(new SandboxRefusedRequest({ code, detail }))
})

const done = (state: LedgerState): Outcome<void> => ({ state, answer: Result.succeed(undefined) })

const unknown = (state: LedgerState) => refused(state, "unknown_block", "no block has that hash")

/** The operations on one ledger. */
export const operationsOn = (
  { change, read }: LedgerKeeper,
  faults: Faults
): SandboxOperations<SandboxRefusedRequest> => {
  const attempt = <A>(step: (state: LedgerState) => Outcome<A>) => Effect.flatMap(change(step), Effect.fromResult)
  return {
    status: Effect.zipWith(read, faults.left, statusOf),
    fund: ({ address, amountRaw }) =>
      attempt((state) => {
        const to = parseAddress(address)
        if (Result.isFailure(to)) return refused(state, "address", to.failure.message)
        if (amountRaw < 1n || amountRaw > leftRaw(state)) {
          return refused(state, "amount", "1 to what is left of 2^128 - 1 raw")
        }
        const hash = fundingHash(state, address)
        const fundings = [...state.fundings, { hash, to: publicKeyOf(to.success), amountRaw }]
        return { state: { ...state, fundings }, answer: Result.succeed({ hash }) }
      }),
    confirm: (hash) =>
      attempt((state) => {
        if (hash === undefined) return done(confirmUntil(state, Infinity))
        return entryOf(state, hash) === undefined ? unknown(state) : done(confirm(state, hash))
      }),
    rollBack: (hash) =>
      attempt((state) => entryOf(state, hash) === undefined ? unknown(state) : done(rollBack(state, hash))),
    wipe: attempt(() => done(empty)),
    fail: faults.plan
  }
}
