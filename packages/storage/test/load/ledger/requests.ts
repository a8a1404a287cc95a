/** Derives what each caller asks from numbers alone, so that whoever knows the numbers can ask the same again. */
import {
  AccountCode,
  AccountRequest,
  deriveTransferId,
  HoldTransfer,
  type LinkedSet,
  PostTransfer,
  ReasonCode,
  SettleTransfer,
  type TransferRequest,
  VoidTransfer
} from "@purser/domain/ledger"
import { Asset } from "@purser/domain/money"
import { drawsOf } from "../../model/draws.ts"

/** One run of a program that is to be killed. Holds expire within moments after its start. */
export interface Shift {
  readonly seed: number
  readonly round: number
  readonly startMillis: number
}

/** A caller's question, by number. */
export interface Question extends Shift {
  readonly caller: number
  readonly n: number
}

/** Where all money comes from, an account that is hot, and many that are limited. */
const bank = AccountCode.make("bank")
const hot = AccountCode.make("hot")
const users = Array.from({ length: 20 }, (_, index) => AccountCode.make(`user:${index}`))

const request = (code: AccountCode, balanceRule: AccountRequest["balanceRule"]): AccountRequest =>
  new AccountRequest({ code, asset: Asset.EUR.code, normalSide: "credit", balanceRule })

/** The accounts of every shift. */
export const accounts: ReadonlyArray<AccountRequest> = [
  request(bank, "none"),
  request(hot, "none"),
  ...users.map((code) => request(code, "debits_at_most_credits"))
]

const reason = ReasonCode.make("load")
const longestMillis = 1500

/** The reference of a part of a set names all that there is to know of it. */
const referenceOf = ({ caller, n, round }: Question, part: number, parts: number): string =>
  [round, caller, n, part, parts].join("/")

const idOf = ({ caller, n, round, seed }: Question, part: number) =>
  deriveTransferId("load", ...[seed, round, caller, n, part].map(String))

/** What the reference of a transfer says. */
export const read = (reference: string | null) => {
  const [round, caller, n, part, parts] = (reference ?? "").split("/").map(Number)
  return { question: `${round}/${caller}/${n}`, part, parts: parts ?? 0 }
}

/** The name of a question in references. */
export const nameOf = ({ caller, n, round }: Question): string => `${round}/${caller}/${n}`

/**
 * Every fourth question holds, the next but one ends that hold or lets it expire, and between them money comes in at once
 * and in linked sets.
 */
export const setOf = (question: Question): LinkedSet => {
  const { caller, n, round, seed, startMillis } = question
  const draws = drawsOf(seed * 1_000_003 + round * 10_007 + caller * 101 + n)
  const user = draws.oneOf(users)
  const amountMinor = BigInt(1 + draws.below(1000))
  const expiresAtMillis = draws.below(2) === 0 ? startMillis + draws.below(longestMillis) : null
  const ending = draws.below(3)
  const part = (index: number, parts: number) => ({
    id: idOf(question, index),
    reason,
    reference: referenceOf(question, index, parts)
  })
  const moving = { asset: Asset.EUR.code, amountMinor }
  const hold = (index: number, parts: number): TransferRequest =>
    new HoldTransfer({ ...part(index, parts), ...moving, debit: user, credit: hot, expiresAtMillis })
  const post = (index: number, parts: number): TransferRequest =>
    new PostTransfer({ ...part(index, parts), ...moving, debit: bank, credit: user })
  const end = (index: number, parts: number, of: Question): TransferRequest =>
    ending === 0
      ? new VoidTransfer({ ...part(index, parts), pendingId: idOf(of, 0) })
      : new SettleTransfer({ ...part(index, parts), pendingId: idOf(of, 0), amountMinor: ending === 1 ? 1n : null })
  switch (n % 4) {
    case 0:
      return [hold(0, 1)]
    case 2:
      return [end(0, 1, { ...question, n: n - 2 })]
    case 3:
      return [hold(0, 3), post(1, 3), end(2, 3, question)]
    default:
      return [post(0, 1)]
  }
}
