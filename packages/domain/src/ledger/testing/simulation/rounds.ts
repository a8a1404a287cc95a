/** Draws what happens at each step of a simulation. */
import type { Dice } from "../Dice.ts"
import type { Bench } from "../proposals.ts"
import type { Call, Command } from "./calls.ts"
import { fates, type Fault } from "./Place.ts"
import { command, crowd, pass, post, someLooks } from "./workload.ts"

/** How many processes work on the ledger. */
export const processCount = 3

/** What happens at the same moment: a process ends and comes again, or callers ask while something breaks. */
export interface Round {
  readonly atMillis: number
  /** The process that is harmed, or restarted. */
  readonly slot: number
  readonly isRestart: boolean
  readonly fault: Fault | undefined
  /** Each call with the process that takes it. */
  readonly calls: ReadonlyArray<{ readonly call: Call; readonly slot: number }>
}

/** How rounds are drawn. */
export interface Manner {
  /** Whether callers of all kinds come at the same moment, to several processes; else each store can only answer in one way. */
  readonly isRacing: boolean
  readonly isShared: boolean
}

const sameEverywhere = Object.keys(fates) as ReadonlyArray<Fault>
const all: ReadonlyArray<Fault> = [...sameEverywhere, "StatementLost", "Contended"]

/** What was asked before and not answered: all postings at once, or the first of something else. */
const again = ([first, ...rest]: ReadonlyArray<Command>): ReadonlyArray<Command> =>
  first?._tag === "Post" ? [first, ...rest.filter(({ _tag }) => _tag === "Post")] : first === undefined ? [] : [first]

/** An expiry looks first and books then: of two at the same moment each may leave to the other what both have seen. */
const expireOnce = (calls: ReadonlyArray<Call>): ReadonlyArray<Call> => {
  const first = calls.findIndex(({ _tag }) => _tag === "ExpireHolds")
  return calls.filter(({ _tag }, index) => _tag !== "ExpireHolds" || index === first)
}

const callsOf = (bench: Bench, unanswered: ReadonlyArray<Command>, { isRacing }: Manner): ReadonlyArray<Call> => {
  const { dice } = bench
  const repeated = dice.oneIn(2) ? again(unanswered) : []
  if (isRacing) return expireOnce([...repeated, ...crowd(bench, command), ...someLooks(bench)])
  if (repeated.length > 0) return repeated
  return dice.oneIn(2) ? crowd(bench, post) : [command(bench)]
}

const faultOf = (dice: Dice, { isRacing }: Manner): Fault | undefined =>
  dice.oneIn(6) ? dice.pick(isRacing ? all : sameEverywhere) : undefined

/** The next round. Time passes on the model of the bench. */
export const drawRound = (bench: Bench, unanswered: ReadonlyArray<Command>, manner: Manner): Round => {
  const { dice, model } = bench
  model.nowMillis = pass(dice, model.nowMillis)
  const slot = dice.below(processCount)
  const isRestart = dice.oneIn(25)
  const fault = isRestart ? undefined : faultOf(dice, manner)
  const calls = isRestart ? [] : callsOf(bench, unanswered, manner)
  const slotOf = () => manner.isRacing && manner.isShared ? dice.below(processCount) : slot
  return {
    atMillis: model.nowMillis,
    slot,
    isRestart,
    fault,
    calls: calls.map((call) => ({ call, slot: slotOf() }))
  }
}
