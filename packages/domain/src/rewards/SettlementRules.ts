/** Decides which accruals a settlement pays: pure, total, without clock, chance or store. */
import { Accrual, AccrualId, type PlayerId } from "./Accrual.ts"
import type { Caps } from "./CapRules.ts"
import { shuffle } from "./shuffle.ts"

/** A player whom the settlement looks at. */
export interface Candidate {
  readonly playerId: PlayerId
  /** What is booked and in no payout, oldest first. */
  readonly accruals: ReadonlyArray<Accrual>
  /** What the caps leave, in their unit; see `CapRules.remainingOf`. */
  readonly remaining: number
  readonly isEligible: boolean
}

/** How a settlement goes. `seed` is a whole number; `batchSize` is the most players of one run, 0 for all. */
export interface SettlementPlan {
  readonly unit: Caps["unit"]
  readonly seed: number
  readonly batchSize: number
}

/** An accrual that a cap divides: `paid` and `rest` take the place of `whole`, and add up to it in kills and amount. */
export interface Split {
  readonly whole: Accrual
  readonly paid: Accrual
  readonly rest: Accrual
}

/** One payout to be made. `accruals` are the rows in it, the paid part of a split one among them. */
export interface Share {
  readonly playerId: PlayerId
  readonly accruals: ReadonlyArray<Accrual>
  readonly split: Split | null
}

/** Why a player is not paid in this run, first reason first. What they earned stays booked. */
export type LeftOut = "NotEligible" | "NothingEarned" | "CapReached" | "NextRun"

/** What a settlement comes to. Every candidate is in one of the two. */
export interface Settlement {
  readonly shares: ReadonlyArray<Share>
  readonly leftOut: ReadonlyArray<{ readonly playerId: PlayerId; readonly why: LeftOut }>
}

/**
 * A part is numbered behind the id of its row: odd for what is paid, even for the rest, whose own parts have the numbers that
 * follow. What was to be paid and came back can be divided too: its parts are numbered below it, so that no two parts of
 * a row ever have one name, whatever became of the others.
 */
const partId = (id: AccrualId, step: 1 | 2): AccrualId => {
  const [, row = id, above = "", last = "0"] = /^(.+?)(?:#((?:\d+\.)*)(\d+))?$/u.exec(id) ?? []
  const isRest = Number(last) % 2 === 0
  return AccrualId.make(`${row}#${above}${isRest ? String(Number(last) + step) : `${last}.${step}`}`)
}

const part = (whole: Accrual, step: 1 | 2, kills: number): Accrual =>
  new Accrual({ ...whole, id: partId(whole.id, step), kills, amountMinor: BigInt(kills) * whole.rateMinor })

/** Divides a row of more than `kills` (1 or more) kills: no kill and no minor unit is lost, made or paid twice. */
export const splitAt = (whole: Accrual, kills: number): Split => ({
  whole,
  paid: part(whole, 1, kills),
  rest: part(whole, 2, whole.kills - kills)
})

/** Whole rows while they fit, then the part of the next one that does. */
const withinKills = (accruals: ReadonlyArray<Accrual>, mostKills: number): Pick<Share, "accruals" | "split"> => {
  const taken: Array<Accrual> = []
  let left = mostKills
  for (const accrual of accruals) {
    if (accrual.kills > left) {
      const split = left > 0 ? splitAt(accrual, left) : null
      return { accruals: split === null ? taken : [...taken, split.paid], split }
    }
    taken.push(accrual)
    left -= accrual.kills
  }
  return { accruals: taken, split: null }
}

const shareOf = ({ accruals, playerId, remaining }: Candidate, unit: Caps["unit"]): Share => ({
  playerId,
  ...unit === "kills" ? withinKills(accruals, remaining) : { accruals, split: null }
})

const reasonOf = ({ accruals, isEligible, remaining }: Candidate): LeftOut | null => {
  if (!isEligible) return "NotEligible"
  if (accruals.length === 0) return "NothingEarned"
  return remaining < 1 ? "CapReached" : null
}

const byId = (left: Candidate, right: Candidate): number =>
  left.playerId < right.playerId ? -1 : Number(left.playerId > right.playerId)

/**
 * Settles: whoever can be paid comes in an order that the seed alone decides, and only then is the run cut to its size,
 * so that nobody is always behind the cut. A player gets one payout; by kills, a cap divides the row that it falls into.
 */
export const settle = (candidates: ReadonlyArray<Candidate>, plan: SettlementPlan): Settlement => {
  const sorted = candidates.toSorted(byId)
  const payable = shuffle(sorted.filter((candidate) => reasonOf(candidate) === null), plan.seed)
  const most = plan.batchSize === 0 ? payable.length : plan.batchSize
  return {
    shares: payable.slice(0, most).map((candidate) => shareOf(candidate, plan.unit)),
    leftOut: [
      ...sorted.flatMap((candidate) => {
        const why = reasonOf(candidate)
        return why === null ? [] : [{ playerId: candidate.playerId, why }]
      }),
      ...payable.slice(most).map(({ playerId }) => ({ playerId, why: "NextRun" as const }))
    ]
  }
}
