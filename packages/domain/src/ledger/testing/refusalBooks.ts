/** Describes the books on which every reason for a refusal can be reached. */
import { Asset } from "../../money/index.ts"
import { AccountCode, AccountRequest, type BalanceRule } from "../Account.ts"
import { deriveTransferId } from "../deriveTransferId.ts"
import { maximumMinor } from "../model.ts"
import {
  HoldTransfer,
  IdempotencyKey,
  PostTransfer,
  ReasonCode,
  SettleTransfer,
  type TransferRequest,
  VoidTransfer
} from "../Transfer.ts"
import type { History } from "./History.ts"

const account = (code: string, asset: Asset.Asset = Asset.EUR, balanceRule: BalanceRule = "none"): AccountRequest =>
  new AccountRequest({ code: AccountCode.make(code), asset: asset.code, normalSide: "credit", balanceRule })

/** Accounts by what is the matter with them; `nowhere` and `elsewhere` are not opened. */
export const codes = {
  one: AccountCode.make("one"),
  two: AccountCode.make("two"),
  coins: AccountCode.make("coins"),
  closed: AccountCode.make("closed:1"),
  closedToo: AccountCode.make("closed:2"),
  full: AccountCode.make("full"),
  source: AccountCode.make("source"),
  poor: AccountCode.make("poor"),
  stock: AccountCode.make("stock"),
  nowhere: AccountCode.make("nowhere"),
  elsewhere: AccountCode.make("elsewhere")
} as const

/** The id of a transfer by its name here. */
export const idOf = (name: string) => deriveTransferId("refusals", name)

const described = { reason: ReasonCode.make("test") }
const moving = { debit: codes.one, credit: codes.two, asset: Asset.EUR.code, amountMinor: 100n }

/** Requests that are sound but for the given fields. */
export const post = (name: string, fields: Partial<PostTransfer> = {}): PostTransfer =>
  new PostTransfer({ id: idOf(name), ...described, ...moving, ...fields })
/** A hold of 100. */
export const hold = (name: string, fields: Partial<HoldTransfer> = {}): HoldTransfer =>
  new HoldTransfer({ id: idOf(name), ...described, ...moving, ...fields })
/** Settles the named hold in full. */
export const settle = (name: string, held: string, fields: Partial<SettleTransfer> = {}): SettleTransfer =>
  new SettleTransfer({ id: idOf(name), ...described, pendingId: idOf(held), ...fields })
/** Releases the named hold. */
export const release = (name: string, held: string, fields: Partial<VoidTransfer> = {}): VoidTransfer =>
  new VoidTransfer({ id: idOf(name), ...described, pendingId: idOf(held), ...fields })

const startMillis = 1_700_000_000_000
/** When the refused sets are posted: the hold `due` has passed its time, and its expiry is not booked. */
export const refusedAtMillis = startMillis + 2_000
/** When the hold `later` expires. */
export const laterMillis = startMillis + 1_000_000

/** Room that `full` has left to be credited, and `source` to be debited. */
export const roomMinor = 50n

const booked: ReadonlyArray<TransferRequest> = [
  post("posted"),
  post("keyed", { idempotencyKey: IdempotencyKey.make("key") }),
  hold("held"),
  hold("later", { expiresAtMillis: laterMillis }),
  hold("settled"),
  settle("settlement", "settled", { amountMinor: 60n }),
  hold("voided"),
  release("voiding", "voided"),
  post("original"),
  post("reversal", { debit: codes.two, credit: codes.one, reverses: idOf("original") }),
  post("filling", { debit: codes.source, credit: codes.full, amountMinor: maximumMinor - roomMinor }),
  hold("expired", { expiresAtMillis: startMillis + 1_000 })
]

/** Opens accounts and books transfers of every kind and state, up to just before `refusedAtMillis`. */
export const refusalBooks: History = [
  {
    _tag: "OpenAccounts",
    atMillis: startMillis,
    requests: [
      ...[codes.one, codes.two, codes.closed, codes.closedToo, codes.full, codes.source].map((code) => account(code)),
      account(codes.coins, Asset.XMR),
      account(codes.poor, Asset.EUR, "debits_at_most_credits"),
      account(codes.stock, Asset.EUR, "credits_at_most_debits")
    ]
  },
  { _tag: "Post", atMillis: startMillis, sets: booked.map((request) => [request]) },
  { _tag: "ExpireHolds", atMillis: startMillis + 1_000, limit: 10 },
  {
    _tag: "Post",
    atMillis: startMillis + 1_000,
    sets: [[hold("due", { expiresAtMillis: startMillis + 1_500 })]]
  },
  { _tag: "CloseAccount", atMillis: startMillis + 1_000, code: codes.closed },
  { _tag: "CloseAccount", atMillis: startMillis + 1_000, code: codes.closedToo }
]
