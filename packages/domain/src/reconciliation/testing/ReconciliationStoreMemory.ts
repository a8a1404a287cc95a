/** Keeps the last report of each rail in memory. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { MemoryState } from "../../transaction/testing/index.ts"
import { ReconciliationStore, type Report, reportAfter } from "../index.ts"

const place = ({ asset, rail }: Pick<Report, "rail" | "asset">): string => `${rail} ${asset}`

/** A `ReconciliationStore` in a table. */
export const layerMemory: Layer.Layer<ReconciliationStore, never, MemoryState> = Layer.effect(
  ReconciliationStore,
  Effect.gen(function*() {
    const { statement, table } = yield* MemoryState
    const reports = table<string, Report>()
    return ReconciliationStore.of({
      keep: (looks) =>
        statement(() => {
          for (const look of looks) reports.set(place(look), reportAfter(reports.get(place(look)), look))
        }),
      last: statement(() => [...reports.values()].sort((left, right) => place(left) < place(right) ? -1 : 1))
    })
  })
)
