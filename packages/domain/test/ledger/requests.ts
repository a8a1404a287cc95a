/** Makes requests and accounts with everything filled in but what a test is about. */
import {
  AccountCode,
  AccountRequest,
  deriveTransferId,
  HoldTransfer,
  PostTransfer,
  ReasonCode,
  SettleTransfer,
  VoidTransfer
} from "@purser/domain/ledger"
import { Asset } from "@purser/domain/money"

export const code = (text: string) => AccountCode.make(text)
export const id = (name: string) => deriveTransferId("test", name)

const described = (name: string) => ({
  id: id(name),
  reason: ReasonCode.make("test"),
  reference: null,
  idempotencyKey: null,
  effectiveAtMillis: null,
  metadata: {}
})

const moving = { debit: code("a"), credit: code("b"), asset: Asset.EUR.code, amountMinor: 100n }

export const post = (name: string, fields: Partial<PostTransfer> = {}) =>
  new PostTransfer({ ...described(name), ...moving, reverses: null, ...fields })
export const hold = (name: string, fields: Partial<HoldTransfer> = {}) =>
  new HoldTransfer({ ...described(name), ...moving, expiresAtMillis: null, ...fields })
export const settle = (name: string, held: string, fields: Partial<SettleTransfer> = {}) =>
  new SettleTransfer({ ...described(name), pendingId: id(held), amountMinor: null, ...fields })
export const release = (name: string, held: string, fields: Partial<VoidTransfer> = {}) =>
  new VoidTransfer({ ...described(name), pendingId: id(held), ...fields })

/** An account without a rule. */
export const account = (text: string, fields: Partial<AccountRequest> = {}) =>
  new AccountRequest({
    code: code(text),
    asset: Asset.EUR.code,
    normalSide: "credit",
    balanceRule: "none",
    overdraftMinor: 0n,
    metadata: {},
    ...fields
  })
