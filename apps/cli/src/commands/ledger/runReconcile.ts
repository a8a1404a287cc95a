/** Holds the books against what a rail says that it holds. */
import { Amount, Asset } from "@purser/domain/money"
import { type Difference, TicketIntake } from "@purser/domain/tickets"
import { MonitorMonero } from "@purser/jobs"
import { layerBooksAsTheyAre, layerIntake, layerRail, MoneroLine } from "@purser/runtime"
import type { Settings } from "@purser/runtime/settings"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { settings } from "../../settings/settings.ts"
import { failed } from "../../terminal/CommandFailed.ts"
import { explain } from "../../terminal/explain.ts"
import { print } from "../../terminal/output.ts"
import { table } from "../../terminal/table.ts"

const xmr = (minor: bigint): string => Amount.print(minor, Asset.XMR)

const worded = (differences: ReadonlyArray<Difference>): string =>
  differences.length === 0
    ? "the books say what the wallet says"
    : table([
      { heading: "subject", text: ({ subject }) => subject },
      { heading: "wallet", figures: true, text: ({ walletMinor }) => xmr(walletMinor) },
      { heading: "books", figures: true, text: ({ booksMinor }) => xmr(booksMinor) },
      { heading: "difference", figures: true, text: (row) => xmr(row.walletMinor - row.booksMinor) }
    ], differences)

const compare = (startHeight: number) =>
  Effect.flatMap(
    MonitorMonero.walletFigures(startHeight),
    (figures) => TicketIntake.use((intake) => intake.reconcile(figures))
  )

const ground = (chosen: Settings) =>
  layerIntake(chosen).pipe(
    Layer.provideMerge(Layer.mergeAll(layerRail(chosen), layerBooksAsTheyAre(chosen))),
    Layer.provide(MoneroLine.layer(chosen))
  )

/** What the command does. */
export const run = Effect.fnUntraced(function*({ json }: { readonly json: boolean }) {
  const chosen = yield* settings
  const differences = yield* explain(Effect.provide(compare(chosen.startHeight), ground(chosen)))
  yield* print(json, { equal: differences.length === 0, differences }, worded(differences))
  if (differences.length > 0) return yield* failed("books and wallet differ")
})
