/** Makes histories: what happens to a ledger, step by step, the same for the same seed. */
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import { Asset } from "../../money/index.ts"
import { AccountCode, AccountRequest } from "../Account.ts"
import type { LinkedSet } from "../LedgerStore.ts"
import { maximumMinor } from "../model.ts"
import { Dice } from "./Dice.ts"
import { HistoryModel } from "./HistoryModel.ts"
import { mistaken } from "./mistakes.ts"
import { type Bench, sensible } from "./proposals.ts"

/** One call of the store, at a time. Times mostly grow, and jump back now and then. */
export type HistoryStep =
  | { readonly _tag: "OpenAccounts"; readonly atMillis: number; readonly requests: ReadonlyArray<AccountRequest> }
  | { readonly _tag: "Post"; readonly atMillis: number; readonly sets: ReadonlyArray<LinkedSet> }
  | { readonly _tag: "ExpireHolds"; readonly atMillis: number; readonly limit: number }
  | { readonly _tag: "CloseAccount"; readonly atMillis: number; readonly code: AccountCode }

/** A history; it begins with the opening of its accounts. */
export type History = ReadonlyArray<HistoryStep>

/** What a history is like. */
export interface HistoryOptions {
  /** Steps after the opening of accounts; 40 when left out. Histories of `histories` have at most so many. */
  readonly steps?: number
  /**
   * With `false`, which is the default, a ledger takes all that is asked of it. With `true` a third of the sets is
   * mistaken, so that most reasons for a refusal come up.
   */
  readonly refusals?: boolean
}

const account = (
  code: string,
  asset: Asset.Asset,
  rule: Partial<Pick<AccountRequest, "balanceRule" | "normalSide" | "overdraftMinor">> = {}
): AccountRequest =>
  new AccountRequest({
    code: AccountCode.make(code),
    asset: asset.code,
    normalSide: "credit",
    balanceRule: "none",
    overdraftMinor: 0n,
    metadata: {},
    ...rule
  })

const limited = { balanceRule: "debits_at_most_credits" } as const

/** Accounts of every rule, with and without overdraft, in three assets. */
export const historyAccounts: ReadonlyArray<AccountRequest> = [
  account("bank:eur", Asset.EUR, { normalSide: "debit" }),
  account("user:1:eur", Asset.EUR, limited),
  account("user:2:eur", Asset.EUR, { ...limited, overdraftMinor: 1_000n }),
  account("stock:eur", Asset.EUR, { normalSide: "debit", balanceRule: "credits_at_most_debits" }),
  account("bank:xmr", Asset.XMR, { normalSide: "debit" }),
  account("user:1:xmr", Asset.XMR, limited),
  account("user:2:xmr", Asset.XMR, { ...limited, overdraftMinor: maximumMinor }),
  account("bank:xtr", Asset.XTR, { normalSide: "debit" }),
  account("user:1:xtr", Asset.XTR, limited)
]

const startMillis = 1_700_000_000_000
const hourMillis = 3_600_000
const defaultSteps = 40

const pass = (dice: Dice, nowMillis: number): number =>
  dice.oneIn(20) ? nowMillis - dice.below(hourMillis) : nowMillis + dice.below(3) * dice.below(hourMillis)

const batch = (bench: Bench, refusals: boolean): ReadonlyArray<LinkedSet> => {
  const { dice, model } = bench
  const sets = Array.from({ length: 1 + dice.below(4) }, () => {
    const proposals = refusals && dice.oneIn(3) ? mistaken : sensible
    const set = dice.pick(proposals)!(bench)
    const isTaken = set !== undefined && model.post(set)
    return set !== undefined && (isTaken || refusals) ? [set] : []
  })
  return sets.flat()
}

const closing = ({ dice, model }: Bench, refusals: boolean): AccountCode | undefined => {
  const account = dice.pick(model.accounts)
  return account !== undefined && (model.close(account.code) || refusals) ? account.code : undefined
}

const step = (bench: Bench, refusals: boolean): HistoryStep => {
  const { dice, model } = bench
  model.nowMillis = pass(dice, model.nowMillis)
  const atMillis = model.nowMillis
  if (dice.oneIn(8)) {
    const limit = 1 + dice.below(10)
    model.expire(limit)
    return { _tag: "ExpireHolds", atMillis, limit }
  }
  const code = dice.oneIn(40) ? closing(bench, refusals) : undefined
  if (code !== undefined) return { _tag: "CloseAccount", atMillis, code }
  return { _tag: "Post", atMillis, sets: batch(bench, refusals) }
}

/** Each step has dice of its own, so that one can be left out without changing what the others roll. */
const make = (seeds: ReadonlyArray<string>, refusals: boolean): History => {
  const model = new HistoryModel(startMillis)
  model.open(historyAccounts)
  let count = 0
  const serial = () => count++
  return [
    { _tag: "OpenAccounts", atMillis: startMillis, requests: historyAccounts },
    ...seeds.map((seed) => step({ dice: new Dice(seed), model, serial }, refusals))
  ]
}

/** The history of a seed: for loops in any test runner. Print the seed where a test fails. */
export const historyOf = (seed: string, { refusals = false, steps = defaultSteps }: HistoryOptions = {}): History =>
  make(Array.from({ length: steps }, (_, index) => `${seed} ${index}`), refusals)

const stepSeed = Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 2 ** 31 - 1 })))

/**
 * Histories for `it.effect.prop` and `Arbitrary.checkEffect`: a failing one is shrunk by leaving steps out. The check's
 * `size` bounds how long they grow.
 *
 * @example
 * it.effect.prop("keeps the books", { history: histories() }, ({ history }) => …, { arbitrary: { size: 40 } })
 */
export const histories = ({ refusals = false, steps = defaultSteps }: HistoryOptions = {}): Arbitrary.Arbitrary<
  History
> => Arbitrary.map(Arbitrary.array(stepSeed, { maxLength: steps }), (seeds) => make(seeds.map(String), refusals))
