/** Runs simulated ledgers by seed, and shortens what fails. */
import { type Course, shrink, simulate, type Verdict } from "@purser/domain/ledger/testing"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { failed } from "../../terminal/CommandFailed.ts"
import { print } from "../../terminal/output.ts"
import { type Input, type MakePlace, placesOf, stepsOf } from "./given.ts"

/** What became of one seed in one place. */
interface Ran {
  readonly seed: number
  readonly store: string
  readonly verdict: Verdict
  readonly place: MakePlace
}

/** How often a failing course is run again to find what can be left out. */
const maximumRuns = 150

const courseOf = (seed: number, steps: ReadonlyArray<number>, { racing }: Input): Course => ({
  seed: String(seed),
  steps,
  isRacing: racing
})

const runIn = (place: MakePlace, course: Course) =>
  Effect.scoped(
    Effect.flatMap(place, (made) => Effect.map(simulate(made, course), (verdict) => ({ store: made.name, verdict })))
  )

const worded = ({ seed, store, verdict }: Ran): string =>
  [
    `seed ${seed} on ${store}: ${verdict.flaw === undefined ? "as predicted" : `WRONG at step ${verdict.flaw.step}`}`,
    `${verdict.calls} calls, ${verdict.faults} faults, ${verdict.transfers} transfers, digest ${
      verdict.digest.slice(0, 16)
    }`
  ].join(", ")

const summary = ({ seed, store, verdict }: Ran) => ({
  seed,
  store,
  sound: verdict.flaw === undefined,
  digest: verdict.digest,
  calls: verdict.calls,
  faults: verdict.faults,
  transfers: verdict.transfers,
  ...verdict.flaw
})

const repeatLine = ({ seed, store }: Ran, steps: ReadonlyArray<number>, { racing }: Input): string =>
  [
    `purser simulate --seed ${seed} --store ${store} --only ${steps.join(",")}`,
    ...racing ? ["--racing"] : [],
    ...store === "postgres" ? ["--database-url URL"] : []
  ].join(" ")

/** Leaves out all steps that the failure does not need, and shows what then still failed. */
const shorten = Effect.fnUntraced(function*(ran: Ran, steps: ReadonlyArray<number>, input: Input) {
  let { verdict } = ran
  const upToFlaw = steps.filter((step) => step <= (verdict.flaw?.step ?? -1))
  const shortest = yield* shrink(
    upToFlaw,
    maximumRuns,
    (some) =>
      Effect.map(runIn(ran.place, courseOf(ran.seed, some, input)), (again) => {
        if (again.verdict.flaw !== undefined) verdict = again.verdict
        return again.verdict.flaw !== undefined
      })
  )
  return [
    ...verdict.lines,
    verdict.flaw?.why,
    "",
    `the shortest steps found: ${shortest.join(",")}`,
    `to repeat: ${repeatLine(ran, shortest, input)}`
  ].join("\n")
})

const differing = (runs: ReadonlyArray<Ran>, { racing }: Input): string | undefined =>
  !racing && new Set(runs.map(({ verdict }) => verdict.digest)).size > 1
    ? `seed ${runs[0]!.seed}: the transcripts differ between ${runs.map(({ store }) => store).join(", ")}`
    : undefined

const runSeed = Effect.fnUntraced(function*(seed: number, places: ReadonlyArray<MakePlace>, input: Input) {
  const steps = yield* stepsOf(input)
  const runs = yield* Effect.forEach(
    places,
    (place) => Effect.map(runIn(place, courseOf(seed, steps, input)), (ran): Ran => ({ ...ran, seed, place }))
  )
  for (const ran of runs) {
    if (input.log && !input.json) yield* Console.log(ran.verdict.lines.join("\n"))
    if (!input.json) yield* Console.log(worded(ran))
  }
  const wrong = runs.find(({ verdict }) => verdict.flaw !== undefined)
  const why = wrong === undefined ? differing(runs, input) : yield* shorten(wrong, steps, input)
  if (why !== undefined) yield* Console.error(why)
  return { runs, isSound: why === undefined }
})

/** What the command does. Seeds run one after the other; all of them, also after one that failed. */
export const run = Effect.fnUntraced(function*(input: Input) {
  const places = yield* placesOf(input)
  const seeds = Array.from({ length: input.seeds }, (_, index) => input.seed + index)
  const all = yield* Effect.forEach(seeds, (seed) => runSeed(seed, places, input))
  const bad = seeds.filter((_, index) => all[index]?.isSound === false)
  if (input.json) yield* print(true, all.flatMap(({ runs }) => runs.map(summary)), "")
  if (bad.length > 0) return yield* failed(`not as predicted: seed ${bad.join(", ")}`)
})
