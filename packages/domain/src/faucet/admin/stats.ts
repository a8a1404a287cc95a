/** Gathers the figures that an admin looks at. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { PayoutPostings } from "../../payouts/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import type { FaucetStats } from "../FaucetAdmin.ts"
import type { FaucetFigures } from "../FaucetFigures.ts"
import { currentConfig, type Ports } from "../ports.ts"

/** By the books, what the wallet holds: what was received and not yet paid out. */
const walletMinor = ({ ledger, settings: { dryRun } }: Ports): Effect.Effect<bigint, StorageError> =>
  Effect.map(
    ledger.account(PayoutPostings.accountsOf(dryRun).wallet),
    Option.match({ onNone: () => 0n, onSome: (account) => account.debitsPostedMinor - account.creditsPostedMinor })
  )

/** All figures; each is true, though they are not of one moment. */
export const stats = Effect.fnUntraced(function*(
  ports: Ports,
  figures: FaucetFigures["Service"]
): Effect.fn.Return<FaucetStats, StorageError> {
  const { settings: { dryRun, operatorAddress } } = ports
  return {
    figures: yield* figures.read(dryRun),
    payouts: (yield* ports.payouts.totals).filter((total) => total.dryRun === dryRun),
    config: yield* currentConfig(ports),
    dryRun,
    operatorAccount: operatorAddress,
    walletMinor: yield* walletMinor(ports)
  }
})
