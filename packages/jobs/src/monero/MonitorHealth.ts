/** Tells how far the Monero monitor of this process has got. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { makeLastReport, type Since } from "../engine/index.ts"

/**
 * Where the monitor stands, as it says itself. Heights count blocks.
 *
 * - `Standby`: it does not run here: another worker has it, or it is about to start.
 * - `CaughtUp`: everything that the daemon has was read, and what was ready was booked.
 * - `Behind`: it reads, and `blocks` are missing (negative when the wallet is ahead of a daemon that lost blocks).
 * - `Down`: it cannot read or book; `detail` says why in one line that is safe to show.
 */
export type MonitorReport =
  | { readonly _tag: "Standby" }
  | { readonly _tag: "CaughtUp"; readonly height: number }
  | { readonly _tag: "Behind"; readonly height: number; readonly daemonHeight: number; readonly blocks: number }
  | { readonly _tag: "Down"; readonly failures: number; readonly detail: string }

/** A report, and since when the monitor stands so. */
export type MonitorState = Since<MonitorReport>

/** When a monitor that says nothing counts as down. */
export interface MonitorHealthOptions {
  readonly silentMillis: number
}

/** Holds the last report of the monitor. */
export class MonitorHealth extends Context.Service<MonitorHealth, {
  /** The state now. A monitor that has not reported for `silentMillis` is `Down` since its last report. */
  readonly read: Effect.Effect<MonitorState>
  readonly report: (state: MonitorReport) => Effect.Effect<void>
}>()("@purser/jobs/monero/MonitorHealth") {
  /** Begins with `Standby`. Two minutes of silence count as down unless told otherwise. */
  static readonly layer = (
    { silentMillis }: MonitorHealthOptions = { silentMillis: 120_000 }
  ): Layer.Layer<MonitorHealth> =>
    Layer.effect(
      MonitorHealth,
      makeLastReport<MonitorReport>({
        standby: { _tag: "Standby" },
        silentMillis,
        silent: { _tag: "Down", failures: 0, detail: "the monitor has fallen silent" }
      })
    )
}
