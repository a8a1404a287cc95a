/** Walks at random through every store at once, and holds the databases to what the memory says. */
import { assert } from "@effect/vitest"
import { layerMemory as auditMemory } from "@purser/domain/audit/testing"
import { layerMemory as answersMemory } from "@purser/domain/idempotency/testing"
import { layerMemory as ledgerMemory } from "@purser/domain/ledger/testing"
import { layerMemory as outboxMemory } from "@purser/domain/outbox/testing"
import { layerMemory as paymentsMemory } from "@purser/domain/payments/testing"
import { layerMemory as payoutsMemory } from "@purser/domain/payouts/testing"
import { layerMemory as reconciliationMemory } from "@purser/domain/reconciliation/testing"
import { layerMemory as rewardsMemory } from "@purser/domain/rewards/testing"
import { layerMemory as riskMemory } from "@purser/domain/risk/testing"
import { layerMemory as ticketsMemory } from "@purser/domain/tickets/testing"
import { Transaction } from "@purser/domain/transaction"
import { MemoryState } from "@purser/domain/transaction/testing"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Record from "effect/Record"
import { databases } from "../onEveryStore.ts"
import { type Draws, drawsOf } from "./draws.ts"

const memory = rewardsMemory.pipe(
  Layer.provideMerge(Layer.mergeAll(
    auditMemory,
    answersMemory,
    ledgerMemory,
    outboxMemory,
    paymentsMemory,
    payoutsMemory,
    reconciliationMemory,
    riskMemory,
    ticketsMemory
  )),
  Layer.provideMerge(MemoryState.layer)
)

type Ports = Exclude<Layer.Success<typeof memory>, MemoryState>

/** One thing to do, with what it answers. */
export type Step = Effect.Effect<unknown, unknown, Ports>

/** The same stores in three places. */
export class Places extends Context.Service<Places, {
  readonly memory: Context.Context<Ports>
  readonly databases: Readonly<Record<string, Context.Context<Ports>>>
}>()("test/Places") {
  static readonly layer = Layer.effect(
    Places,
    Effect.all({
      memory: Layer.build(memory),
      databases: Effect.all(Record.map(databases(), (database) => Layer.build(database)))
    })
  )
}

/** What can be compared of an answer. */
const answerOf = (exit: Exit.Exit<unknown, unknown>): unknown =>
  Exit.isSuccess(exit) ? { answered: exit.value } : { failed: String(exit.cause.reasons[0]) }

const undone = "undone on purpose"

/** Puts a third of the steps into a transaction, and undoes a third of those at its end. */
export const perhapsInTransaction = (draws: Draws, step: Step): Step => {
  if (draws.below(3) !== 0) return step
  const body = draws.below(3) === 0 ? Effect.flatMap(step, () => Effect.fail(undone)) : step
  return Transaction.use(({ atomically }) => atomically(body))
}

/** Takes `count` steps from a seed; every store must answer each as the one in memory does. */
export const wander = (next: (draws: Draws) => Step, seed: number, count: number) =>
  Effect.gen(function*() {
    const { databases, memory } = yield* Places
    const draws = drawsOf(seed)
    for (let taken = 0; taken < count; taken++) {
      const step = next(draws)
      const at = (place: Context.Context<Ports>) =>
        Effect.map(Effect.exit(Effect.provideContext(step, place)), answerOf)
      const expected = yield* at(memory)
      for (const [name, place] of Object.entries(databases)) {
        assert.deepStrictEqual(yield* at(place), expected, `step ${taken} of seed ${seed} on ${name}`)
      }
    }
  })
