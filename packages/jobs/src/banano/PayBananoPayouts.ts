/** Keeps the signer of payouts in office: receives, pays, and settles what became of each block. */
import type { AccountError } from "@purser/domain/ledger"
import { Asset } from "@purser/domain/money"
import { PayoutSigner, type RailUnavailable, type Ticked, type TickError } from "@purser/domain/payouts"
import type { Rail } from "@purser/domain/reconciliation"
import type { StorageError } from "@purser/domain/transaction"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import {
  type BackOff,
  Engine,
  partingOf,
  roundAfterRound,
  type Singleton,
  type Stale,
  type Term
} from "../engine/index.ts"
import { SignerHealth, type SignerReport } from "./SignerHealth.ts"

/** What the operator says of the signer. */
export interface SignerOptions {
  /** The longest pause between two rounds; shorter when something is due earlier, and none while blocks go out. */
  readonly pollMillis: number
  /** How rounds are spaced while node or database are down; 250 ms doubling to 30 s unless given. */
  readonly backOff?: BackOff
}

/** The office that only one process holds. */
export const name = "banano.signer"

const reportOf = ({ step }: Ticked): SignerReport => {
  switch (step._tag) {
    case "ForeignBlock":
    case "Contradicted":
      return { _tag: "Stopped", why: step._tag, detail: step.hash }
    case "UnderWay":
      return { _tag: "UnderWay" }
    case "Refused":
      return { _tag: "Refused", why: step.why }
    default:
      return { _tag: "Working" }
  }
}

/** One round under the term's fence. Safe to repeat at any point. */
export const tick = Effect.fn("PayBananoPayouts.tick")(function*(
  term: Term
): Effect.fn.Return<Ticked, TickError<Stale>, PayoutSigner | SignerHealth> {
  const signer = yield* PayoutSigner
  const health = yield* SignerHealth
  const ticked = yield* signer.tick<Stale | StorageError>(term.guard)
  yield* health.report(reportOf(ticked))
  return ticked
})

/** The round after a block went out follows at once: it is the one that sees whether the block has arrived. */
const pauseAfter = ({ dueAtMillis }: Ticked, { pollMillis }: SignerOptions, nowMillis: number): number =>
  dueAtMillis === null ? pollMillis : Math.min(pollMillis, Math.max(0, dueAtMillis - nowMillis))

const work = Effect.fnUntraced(function*(term: Term, options: SignerOptions) {
  const { report } = yield* SignerHealth
  return yield* roundAfterRound({
    name,
    round: tick(term),
    pause: (ticked) =>
      Effect.flatMap(Clock.currentTimeMillis, (nowMillis) => {
        const pauseMillis = pauseAfter(ticked, options, nowMillis)
        return pauseMillis > 0 ? Effect.sleep(pauseMillis) : Effect.void
      }),
    report,
    backOff: options.backOff
  })
})

/** The signer as a singleton. Opens the accounts that it books on before it signs. */
export const singleton = (
  options: SignerOptions
): Singleton<AccountError | StorageError | Stale, PayoutSigner | SignerHealth> => ({
  name,
  run: (term: Term) =>
    PayoutSigner.use((signer) => term.guard(signer.books)).pipe(
      Effect.andThen(work(term, options)),
      Effect.onExit((exit) => SignerHealth.use((health) => health.report(partingOf(exit))))
    )
})

/** Keeps the signer in office. */
export const layer = (options: SignerOptions): Layer.Layer<never, never, Engine | PayoutSigner | SignerHealth> =>
  Layer.effectDiscard(Engine.use((engine) => engine.start(singleton(options))))

/** The operator's account as a rail that the books are held against. */
export const rail: Rail.Rail<RailUnavailable | StorageError, PayoutSigner> = {
  name: "banano",
  asset: Asset.BAN.code,
  compare: PayoutSigner.use(({ reconcile }) => reconcile)
}
