/** Forgets the answers that nobody may ask for again. */
import { IdempotencyStore } from "@purser/domain/idempotency"
import type { StorageError } from "@purser/domain/transaction"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Engine, type Schedule, scheduled, type Stale, type Term } from "../engine/index.ts"

/** How often to look, and for how long an answer can be repeated after it was given. */
export interface PruneAnswersOptions {
  readonly everyMillis: number
  readonly keptMillis: number
}

const hourMillis = 3_600_000

/** Every hour; answers are kept for a day. */
export const defaults: PruneAnswersOptions = { everyMillis: hourMillis, keptMillis: 24 * hourMillis }

/** Removes answers older than `keptMillis`. Answers how many. */
export const pruneOld = Effect.fnUntraced(function*(
  term: Term,
  keptMillis: number
): Effect.fn.Return<number, StorageError | Stale, IdempotencyStore> {
  const answers = yield* IdempotencyStore
  const nowMillis = yield* Clock.currentTimeMillis
  return yield* term.guard(answers.prune(nowMillis - keptMillis))
})

/** The job. */
export const schedule = (
  { everyMillis, keptMillis }: PruneAnswersOptions
): Schedule<StorageError | Stale, IdempotencyStore> => ({
  name: "idempotency.prune-answers",
  everyMillis,
  run: (term) =>
    Effect.flatMap(
      pruneOld(term, keptMillis),
      (removed) => removed === 0 ? Effect.void : Effect.logInfo(`forgot ${removed} answers`)
    )
})

/** Keeps the job in office. */
export const layer = (options: PruneAnswersOptions = defaults) =>
  Layer.effectDiscard(Engine.use((engine) => engine.start(scheduled(schedule(options)))))
