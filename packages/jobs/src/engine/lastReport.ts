/** Keeps the last report of a singleton, and judges one that has fallen silent. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"

/** What a singleton says of itself; `Standby` while it runs elsewhere. */
interface Report {
  readonly _tag: string
}

/** A report, and since when it has had its tag. */
export type Since<Told extends Report> = Told & { readonly sinceMillis: number }

/** How silence is judged: after so long, and as what. `standby` is never silent. */
export interface Silence<Told extends Report> {
  readonly standby: Told & { readonly _tag: "Standby" }
  readonly silentMillis: number
  readonly silent: Told
}

/** The last report of one process. */
export interface LastReport<Told extends Report> {
  /** The state now. One that has not reported for `silentMillis` is silent since its last report. */
  readonly read: Effect.Effect<Since<Told>>
  readonly report: (told: Told) => Effect.Effect<void>
}

/** Begins with `standby`. */
export const makeLastReport = <Told extends Report>(
  { silent, silentMillis, standby }: Silence<Told>
): Effect.Effect<LastReport<Told>> =>
  Effect.gen(function*() {
    const startedMillis = yield* Clock.currentTimeMillis
    const first: Since<Told> = { ...standby, sinceMillis: startedMillis }
    const kept = yield* Ref.make({ state: first, reportedMillis: startedMillis })
    return {
      read: Effect.flatMap(Clock.currentTimeMillis, (nowMillis) =>
        Effect.map(Ref.get(kept), ({ reportedMillis, state }) =>
          state._tag === standby._tag || reportedMillis >= nowMillis - silentMillis
            ? state
            : { ...silent, sinceMillis: reportedMillis })),
      report: (told) =>
        Effect.flatMap(Clock.currentTimeMillis, (nowMillis) =>
          Ref.update(kept, ({ state }) => ({
            state: { ...told, sinceMillis: state._tag === told._tag ? state.sinceMillis : nowMillis },
            reportedMillis: nowMillis
          })))
    }
  })
