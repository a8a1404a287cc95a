/** Tells how far the Monero monitor of this process has got. */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"

/**
 * Where the monitor stands, and since when. Heights count blocks.
 *
 * - `Standby`: it does not run here: another worker has it, or it is about to start.
 * - `CaughtUp`: everything that the daemon has was read, and what was ready was booked.
 * - `Behind`: it reads, and `blocks` are missing (negative when the wallet is ahead of a daemon that lost blocks).
 * - `Down`: it cannot read or book; `detail` says why in one line that is safe to show.
 */
export type MonitorState =
  & { readonly sinceMillis: number }
  & (
    | { readonly _tag: "Standby" }
    | { readonly _tag: "CaughtUp"; readonly height: number }
    | { readonly _tag: "Behind"; readonly height: number; readonly daemonHeight: number; readonly blocks: number }
    | { readonly _tag: "Down"; readonly failures: number; readonly detail: string }
  )

type WithoutTime<State> = State extends MonitorState ? Omit<State, "sinceMillis"> : never

/** A state as the monitor reports it. */
export type MonitorReport = WithoutTime<MonitorState>

/** When a monitor that says nothing counts as down. */
export interface MonitorHealthOptions {
  readonly silentMillis: number
}

interface Kept {
  readonly state: MonitorState
  readonly reportedMillis: number
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
const next = ({ state }: Kept, report: MonitorReport, nowMillis: number): Kept => ({
  state: { ...report, sinceMillis: state._tag === report._tag ? state.sinceMillis : nowMillis },
  reportedMillis: nowMillis
})

const judged = ({ reportedMillis, state }: Kept, aliveFromMillis: number): MonitorState =>
  state._tag === "Standby" || reportedMillis >= aliveFromMillis
    ? state
    : { _tag: "Down", sinceMillis: reportedMillis, failures: 0, detail: "the monitor has fallen silent" }
