/** Runs a ledger by the dice of a seed, through crashes and lost lines, and holds every answer against the auditor's. */
import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { StorageError } from "../../../transaction/index.ts"
import { LedgerStore, type Transfer } from "../../index.ts"
import { historyAccounts } from "../History.ts"
import { HistoryModel } from "../HistoryModel.ts"
import { snapshot } from "../play.ts"
import { at } from "../standingClock.ts"
import { witness } from "./askAll.ts"
import { type Auditor, makeAuditor } from "./Auditor.ts"
import { ask, briefCall, type Call, type Command, isCommand } from "./calls.ts"
import { canonical } from "./canonical.ts"
import type { Place } from "./Place.ts"
import { makeProcesses, type Processes } from "./Processes.ts"
import { drawRound, processCount, type Round } from "./rounds.ts"
import { allAccounts } from "./Search.ts"
import { Unexplained, type Witnessed } from "./Witnessed.ts"
import { benchOf, someLooks } from "./workload.ts"

/** What to run. */
export interface Course {
  readonly seed: string
  /** The numbers of the steps, ascending. What a step does follows from the seed, its number and the steps before it. */
  readonly steps: ReadonlyArray<number>
  /**
   * Whether callers of all kinds come at the same moment and to several processes. What they are told then depends on
   * who is first, so that the transcript differs from store to store, and on a server from run to run.
   */
  readonly isRacing?: boolean
}

/** How a run went. The same course gives the same lines, and so the same digest, on every store. */
export interface Verdict {
  /** What the auditor can not explain, and the step at which it came up; undefined when all is as it has to be. */
  readonly flaw: { readonly step: number; readonly why: string } | undefined
  readonly lines: ReadonlyArray<string>
  /** SHA-256 of the lines. */
  readonly digest: string
  readonly transfers: bigint
  readonly calls: number
  readonly faults: number
}

/** One run. */
interface Run {
  readonly course: Course
  readonly place: Place
  readonly auditor: Auditor
  readonly model: HistoryModel
  readonly processes: Processes
  readonly lines: Array<string>
  /** Commands whose callers do not know what became of them; they ask again with the same ids. */
  unanswered: ReadonlyArray<Command>
  calls: number
  faults: number
}

const startMillis = 1_700_000_000_000
const pageSize = 500

/** Nothing is broken while the auditor looks, so nothing may fail. */
const unharmed = <A>(effect: Effect.Effect<A, StorageError>): Effect.Effect<A, Unexplained> =>
  Effect.mapError(effect, (error) => new Unexplained({ why: `a look failed, unharmed: ${error.message}` }))

const bookedSince = ({ auditor, processes }: Run, slot: number): Effect.Effect<ReadonlyArray<Transfer>, Unexplained> =>
  Effect.gen(function*() {
    const booked: Array<Transfer> = []
    for (;;) {
      const after = booked.at(-1)?.sequence ?? auditor.count()
      const { store } = processes.at(slot)
      const page = yield* unharmed(store.transfers({ order: "oldest_first", after, limit: pageSize }))
      booked.push(...page)
      if (page.length < pageSize) return booked
    }
  })

const isOpen = ({ told }: Witnessed): boolean => told._tag === "Unanswered" && told.fate === "either"

const seenAfter = Effect.fnUntraced(function*(run: Run, round: Round, witnessed: ReadonlyArray<Witnessed>) {
  const { store } = run.processes.at(round.slot)
  const booked = yield* bookedSince(run, round.slot)
  const accounts = witnessed.some(isOpen) ? yield* unharmed(ask(store, allAccounts)) : undefined
  return { atMillis: round.atMillis, booked, accounts }
})

const enact = ({ model }: Run, call: Call): void => {
  if (call._tag === "OpenAccounts") model.open(call.requests)
  if (call._tag === "Post") { for (const set of call.sets) model.post(set) }
  if (call._tag === "ExpireHolds") model.expire(call.limit)
  if (call._tag === "CloseAccount") model.close(call.code)
}

const compare = (what: string, actual: string, expected: string): Effect.Effect<void, Unexplained> =>
  actual === expected ? Effect.void : Effect.fail(
    new Unexplained({ why: `${what}\n  answered ${actual}\n  expected ${expected}` })
  )

/** Looks that stand alone have one right answer. */
const lookAround = Effect.fnUntraced(function*(run: Run, calls: ReadonlyArray<Call>, round: Round) {
  const { store } = run.processes.at(round.slot)
  for (const call of calls) {
    const expected = yield* run.auditor.predict(call, round.atMillis)
    const actual = yield* unharmed(at(round.atMillis)(ask(store, call)))
    yield* compare(briefCall(call), actual.text, expected.text)
  }
})

/** After a crash the books are sound by themselves, and all there is. */
const verify = Effect.fnUntraced(function*({ auditor, processes }: Run, slot: number) {
  const { discrepancies, transfers } = yield* unharmed(processes.at(slot).store.verify)
  yield* compare(
    "verification",
    canonical({ discrepancies, transfers }),
    canonical({
      discrepancies: [],
      transfers: auditor.count()
    })
  )
})

const lineOf = (step: number, round: Round, witnessed: ReadonlyArray<Witnessed>): string => {
  const head = `${step} at ${round.atMillis} process ${round.slot}`
  if (round.isRestart) return `${head} restarts`
  const told = witnessed.map(({ call, told }) =>
    told._tag === "Answered"
      ? `${briefCall(call)}: ${told.answer.brief} [${bytesToHex(sha256(utf8ToBytes(told.answer.text))).slice(0, 8)}]`
      : `${briefCall(call)}: ${told.why}, ${told.fate}`
  )
  return [head + (round.fault === undefined ? "" : ` ${round.fault}`), ...told].join("\n  ")
}

const play = Effect.fnUntraced(function*(run: Run, step: number, round: Round) {
  const { auditor, processes } = run
  if (round.isRestart) yield* processes.restart(round.slot)
  const { hasStruck, witnessed } = yield* witness(processes, round)
  const hasCrashed = yield* processes.restartCrashed
  run.lines.push(lineOf(step, round, witnessed))
  run.calls += witnessed.length
  if (hasStruck) run.faults += 1
  const order = yield* auditor.explain(witnessed, yield* seenAfter(run, round, witnessed))
  for (const call of order) enact(run, call)
  const asked = witnessed.map(({ call }) => call)
  run.unanswered = [
    ...run.unanswered.filter((call) => !asked.includes(call)),
    ...witnessed.flatMap(({ call, told }) => told._tag === "Unanswered" && isCommand(call) ? [call] : [])
  ]
  if (hasCrashed) yield* verify(run, round.slot)
})

const stepOf = (run: Run, step: number): Effect.Effect<void, Unexplained> =>
  Effect.gen(function*() {
    const { course, model, place } = run
    const bench = benchOf(course.seed, step, model)
    const round = drawRound(bench, run.unanswered, { isRacing: course.isRacing === true, isShared: place.isShared })
    yield* play(run, step, round)
    yield* lookAround(run, someLooks(bench), round)
  })

const calm = (run: Run, calls: ReadonlyArray<Call>): Round => ({
  atMillis: run.model.nowMillis,
  slot: 0,
  isRestart: false,
  fault: undefined,
  calls: calls.map((call) => ({ call, slot: 0 }))
})

/** Everybody asks until they are told; then all that the ledger holds is what it has to hold. */
const finish = (run: Run, step: number): Effect.Effect<void, Unexplained> =>
  Effect.gen(function*() {
    for (const call of run.unanswered) yield* play(run, step, calm(run, [call]))
    for (let slot = 0; slot < processCount; slot++) yield* run.processes.restart(slot)
    const actual = yield* unharmed(Effect.provideService(snapshot, LedgerStore, run.processes.at(0).store))
    const expected = yield* run.auditor.snapshot
    for (const part of ["accounts", "transfers", "entries", "trialBalance", "verification"] as const) {
      yield* compare(`the ${part} at the end`, canonical(actual[part]), canonical(expected[part]))
    }
    run.lines.push(`end ${canonical(expected.trialBalance)}`)
  })

const verdictOf = ({ auditor, calls, faults, lines }: Run, flaw: Verdict["flaw"]): Verdict => ({
  flaw,
  lines,
  digest: bytesToHex(sha256(utf8ToBytes(lines.join("\n")))),
  transfers: auditor.count(),
  calls,
  faults
})

const begin = Effect.fnUntraced(function*(place: Place, course: Course) {
  const run: Run = {
    course,
    place,
    auditor: yield* makeAuditor,
    model: new HistoryModel(startMillis),
    processes: yield* makeProcesses(place, processCount),
    lines: [],
    unanswered: [],
    calls: 0,
    faults: 0
  }
  return run
})

/** Runs the course on a place that is empty, up to its end or to the first flaw. */
export const simulate = (place: Place, course: Course): Effect.Effect<Verdict, never, Scope.Scope> =>
  Effect.gen(function*() {
    const run = yield* begin(place, course)
    const first = calm(run, [{ _tag: "OpenAccounts", requests: historyAccounts }])
    const deeds: ReadonlyArray<readonly [number, Effect.Effect<void, Unexplained>]> = [
      [-1, play(run, -1, first)],
      ...course.steps.map((step) => [step, Effect.suspend(() => stepOf(run, step))] as const),
      [course.steps.at(-1) ?? 0, Effect.suspend(() => finish(run, course.steps.at(-1) ?? 0))]
    ]
    for (const [step, deed] of deeds) {
      const why = yield* Effect.match(deed, { onFailure: ({ why }) => why, onSuccess: () => undefined })
      if (why !== undefined) return verdictOf(run, { step, why })
    }
    return verdictOf(run, undefined)
  })
