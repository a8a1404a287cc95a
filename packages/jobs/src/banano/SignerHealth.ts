/** Tells how the signer of this process stands. */
import type { SpendRules } from "@purser/domain/payouts"
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { makeLastReport, type Since } from "../engine/index.ts"

/**
 * Where the signer stands, as it says itself.
 *
 * - `Standby`: it does not run here: another worker has it, or it is about to start.
 * - `Working`: what could be signed was signed.
 * - `UnderWay`: its newest block has not arrived at the node; nothing is signed above it.
 * - `Refused`: somebody waits, and nothing may be spent now.
 * - `Stopped`: an operator must look: a block that is not ours is the newest of the account (`ForeignBlock`), or the node
 *   says of ours what can not be (`Contradicted`). `detail` names the block.
 * - `Down`: it can not read, sign or book; `detail` says why in one line that is safe to show.
 */
export type SignerReport =
  | { readonly _tag: "Standby" | "Working" | "UnderWay" }
  | { readonly _tag: "Refused"; readonly why: SpendRules.SpendRefused["why"] }
  | { readonly _tag: "Stopped"; readonly why: "ForeignBlock" | "Contradicted"; readonly detail: string }
  | { readonly _tag: "Down"; readonly failures: number; readonly detail: string }

/** A report, and since when the signer stands so. */
export type SignerState = Since<SignerReport>

/** Holds the last report of the signer. */
export class SignerHealth extends Context.Service<SignerHealth, {
  /** The state now. A signer that has not reported for `silentMillis` is `Down` since its last report. */
  readonly read: Effect.Effect<SignerState>
  readonly report: (state: SignerReport) => Effect.Effect<void>
}>()("@purser/jobs/banano/SignerHealth") {
  /** Begins with `Standby`. Five minutes of silence count as down unless told otherwise: work takes its time. */
  static readonly layer = (
    { silentMillis }: { readonly silentMillis: number } = { silentMillis: 300_000 }
  ): Layer.Layer<SignerHealth> =>
    Layer.effect(
      SignerHealth,
      makeLastReport<SignerReport>({
        standby: { _tag: "Standby" },
        silentMillis,
        silent: { _tag: "Down", failures: 0, detail: "the signer has fallen silent" }
      })
    )
}
