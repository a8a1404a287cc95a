/** Tells whoever waits for an audit how far it has got. */
import * as Context from "effect/Context"

/** Called now and then by `LedgerStore.verify` with the sequence up to which the log was looked at. Must not fail or wait. */
export const VerifyProgress = Context.Reference<(sequence: bigint) => void>("@purser/domain/ledger/VerifyProgress", {
  defaultValue: () => () => undefined
})
