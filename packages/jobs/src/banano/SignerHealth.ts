/** Tells how the signer of this process stands. */
import type { SpendRules } from "@purser/domain/payouts"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"

/**
 * Where the signer stands, and since when.
 *
 * - `Standby`: it does not run here: another worker has it, or it is about to start.
 * - `Working`: what could be signed was signed.
 * - `UnderWay`: its newest block has not arrived at the node; nothing is signed above it.
 * - `Refused`: somebody waits, and nothing may be spent now.
 * - `Stopped`: an operator must look: a block that is not ours is the newest of the account (`ForeignBlock`), or the node
 *   says of ours what can not be (`Contradicted`). `detail` names the block.
 * - `Down`: it can not read, sign or book; `detail` says why in one line that is safe to show.
 */
export type SignerState =
  & { readonly sinceMillis: number }
  & (
    | { readonly _tag: "Standby" | "Working" | "UnderWay" }
    | { readonly _tag: "Refused"; readonly why: SpendRules.SpendRefused["why"] }
    | { readonly _tag: "Stopped"; readonly why: "ForeignBlock" | "Contradicted"; readonly detail: string }
    | { readonly _tag: "Down"; readonly failures: number; readonly detail: string }
  )

type WithoutTime<State> = State extends SignerState ? Omit<State, "sinceMillis"> : never

/** A state as the signer reports it. */
export type SignerReport = WithoutTime<SignerState>

interface Kept {
  readonly state: SignerState
  readonly reportedMillis: number
}

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
      Effect.gen(function*() {
        const startedMillis = yield* Clock.currentTimeMillis
        const kept = yield* Ref.make<Kept>({
          state: { _tag: "Standby", sinceMillis: startedMillis },
          reportedMillis: startedMillis
        })
        return {
          read: Effect.flatMap(Clock.currentTimeMillis, (nowMillis) =>
            Effect.map(Ref.get(kept), (last) => judged(last, nowMillis - silentMillis))),
          report: (report) =>
            Effect.flatMap(Clock.currentTimeMillis, (nowMillis) =>
              Ref.update(kept, (last) =>
                next(last, report, nowMillis)))
        }
      })
    )
}

/** A state lasts while its tag does. */
const next = ({ state }: Kept, report: SignerReport, nowMillis: number): Kept => ({
  state: { ...report, sinceMillis: state._tag === report._tag ? state.sinceMillis : nowMillis },
  reportedMillis: nowMillis
})

const judged = ({ reportedMillis, state }: Kept, aliveFromMillis: number): SignerState =>
  state._tag === "Standby" || reportedMillis >= aliveFromMillis
    ? state
    : { _tag: "Down", sinceMillis: reportedMillis, failures: 0, detail: "the signer has fallen silent" }
