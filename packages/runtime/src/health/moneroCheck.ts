/** Judges how the Monero rail stands: caught up, behind, or down. */
import { PaymentStore } from "@purser/domain/payments"
import { MoneroDaemon } from "@purser/integrations/monero"
import { MonitorHealth, type MonitorState } from "@purser/jobs"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"

/** What a check says; `down` keeps the process from being ready. */
export interface Verdict {
  readonly state: "ok" | "degraded" | "down"
  readonly detail?: string
}

/** A worker elsewhere may be one look late when blocks come quickly. */
const toleratedBlocks = 2

const behind = (blocks: number): Verdict => ({
  state: "down",
  detail: blocks > 0 ? `${blocks} blocks behind the daemon` : "the daemon has fewer blocks than the wallet"
})

/** The monitor runs in another process: what it has read is in the books, to be held against the daemon. */
const elsewhere = Effect.gen(function*() {
  const payments = yield* PaymentStore
  const daemon = yield* MoneroDaemon
  const cursor = Option.getOrElse(yield* payments.cursor("monero"), () => -1)
  const { targetHeight } = yield* daemon.info
  const blocks = targetHeight - 1 - cursor
  return blocks <= toleratedBlocks ? { state: "ok" } satisfies Verdict : behind(blocks)
}).pipe(
  Effect.catch((error) => Effect.succeed<Verdict>({ state: "down", detail: error.message }))
)

const here = (state: Exclude<MonitorState, { readonly _tag: "Standby" }>): Verdict => {
  if (state._tag === "CaughtUp") return { state: "ok" }
  return state._tag === "Behind" ? behind(state.blocks) : { state: "down", detail: state.detail }
}

/** Ready only when everything that the daemon has was read, by the monitor of this process or of another one. */
export const moneroCheck = Effect.flatMap(
  MonitorHealth.use((health) => health.read),
  (state) => state._tag === "Standby" ? elsewhere : Effect.succeed(here(state))
)
