/** Holds the books against themselves, and against what each rail says that it holds. */
import {
  type Difference,
  differenceMinor,
  type Look,
  lookOf,
  Rail,
  ReconciliationStore,
  type Report
} from "@purser/domain/reconciliation"
import { MonitorMonero, Reconcile } from "@purser/jobs"
import { layerBooksAsTheyAre, layerIntake, layerRail, MoneroLine } from "@purser/runtime"
import type { Settings } from "@purser/runtime/settings"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { settings } from "../../settings/settings.ts"
import { failed } from "../../terminal/CommandFailed.ts"
import { explain } from "../../terminal/explain.ts"
import { print } from "../../terminal/output.ts"
import { table } from "../../terminal/table.ts"
import { inAsset, withBooks } from "./books.ts"
import { time } from "./shown.ts"

type Name = "books" | "monero"
type Shown = Look & Partial<Pick<Report, "soundAtMillis">>

/** A person waits: two looks, just far enough apart for the worker to take in what was under way. */
const looks = { looks: 2, pauseMillis: 1000 }

const ground = (chosen: Settings) =>
  layerIntake(chosen).pipe(
    Layer.provideMerge(Layer.mergeAll(layerRail(chosen), layerBooksAsTheyAre(chosen))),
    Layer.provide(MoneroLine.layer(chosen))
  )

const lookAtMonero = Effect.fnUntraced(function*(chosen: Settings) {
  const rail = MonitorMonero.rail(chosen.startHeight)
  const differences = yield* Reconcile.lookAgain(rail, looks)
  return [lookOf({ rail: rail.name, asset: rail.asset, atMillis: yield* Clock.currentTimeMillis }, differences)]
})

const lookNow = Effect.fnUntraced(function*(wanted: ReadonlyArray<Name>) {
  const found: Array<Shown> = []
  if (wanted.includes("books")) found.push(...yield* withBooks(Reconcile.lookAtBooks))
  if (wanted.includes("monero")) {
    const chosen = yield* settings
    found.push(...yield* explain(Effect.provide(lookAtMonero(chosen), ground(chosen))))
  }
  return found
})

const lookBack = (wanted: ReadonlyArray<Name>) =>
  Effect.map(
    withBooks(ReconciliationStore.use(({ last }) => last)),
    (reports): ReadonlyArray<Shown> => reports.filter(({ rail }) => wanted.some((name) => name === rail))
  )

const nameOf = ({ asset, rail }: Look): string => rail === Rail.books ? `the books in ${asset}` : rail

const soundText = ({ soundAtMillis }: Shown): string => {
  if (soundAtMillis === undefined) return ""
  return soundAtMillis === null ? ", never sound" : `, last sound ${time(soundAtMillis)}`
}

const rowsOf = (look: Look): string =>
  table<Difference>([
    { heading: "what", text: ({ what }) => what },
    {
      heading: look.rail === Rail.books ? "debits" : "expected",
      figures: true,
      text: ({ expectedMinor }) => inAsset(expectedMinor, look.asset)
    },
    {
      heading: look.rail === Rail.books ? "credits" : "booked",
      figures: true,
      text: ({ actualMinor }) => inAsset(actualMinor, look.asset)
    },
    { heading: "difference", figures: true, text: (row) => inAsset(differenceMinor(row), look.asset) }
  ], look.differences)

const worded = (look: Shown): string => {
  const when = look.soundAtMillis === undefined ? "" : ` at ${time(look.atMillis)}`
  if (look.found === 0) {
    return look.rail === Rail.books
      ? `debits equal credits in ${look.asset}${when}`
      : `the books say what ${nameOf(look)} says${when}`
  }
  const more = look.found > look.differences.length ? `\nand ${look.found - look.differences.length} more` : ""
  return `DIFFERENT: ${nameOf(look)}${when}${soundText(look)}\n${rowsOf(look)}${more}`
}

const shown = (look: Shown) => ({
  rail: look.rail,
  asset: look.asset,
  at: time(look.atMillis),
  ...look.soundAtMillis === undefined
    ? {}
    : { sound_at: look.soundAtMillis === null ? null : time(look.soundAtMillis) },
  found: look.found,
  differences: look.differences.map((row) => ({
    what: row.what,
    expected_minor: row.expectedMinor,
    actual_minor: row.actualMinor,
    difference_minor: differenceMinor(row)
  }))
})

interface Input {
  readonly rail: Option.Option<Name>
  readonly last: boolean
  readonly json: boolean
}

/** What the command does. */
export const run = Effect.fnUntraced(function*({ json, last, rail }: Input) {
  const wanted: ReadonlyArray<Name> = Option.match(rail, {
    onNone: () => ["books", "monero"],
    onSome: (name) => [name]
  })
  const found = yield* last ? lookBack(wanted) : lookNow(wanted)
  const isSound = found.every((look) => look.found === 0)
  const text = found.length === 0
    ? (last ? "nothing was reconciled yet" : "the books are empty")
    : found.map(worded).join("\n")
  yield* print(json, { sound: isSound, reports: found.map(shown) }, text)
  if (!isSound) return yield* failed("the books do not say what they should")
})
