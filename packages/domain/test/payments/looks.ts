/** Makes what a wallet shows, with everything filled in but what a test is about. */
import { type Observation, PaymentKey, type PaymentRules } from "@purser/domain/payments"

export const transactionId = "ab".repeat(32)

/** A payment of 1,000 to an id, in the block at height 100. */
export const observation = (fields: Partial<Observation> = {}): Observation => ({
  key: PaymentKey.make(`${transactionId}/0/0`),
  transactionId,
  target: "0123456789abcdef",
  amountMinor: 1_000n,
  height: 100,
  unlockTime: 0n,
  doubleSpendSeen: false,
  ownChange: false,
  ...fields
})

/** 10 confirmations, and a wallet that shows the block at height 100 with that many. */
export const outlook = (fields: Partial<PaymentRules.Outlook> = {}): PaymentRules.Outlook => ({
  policy: { confirmations: 10, confirmationTiers: [] },
  walletHeight: 110,
  isCreditingPaused: false,
  atMillis: 1,
  ...fields
})
