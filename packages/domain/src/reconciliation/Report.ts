/** Models what came of holding the books against a figure of somebody else. */
import * as Schema from "effect/Schema"

/**
 * One figure on which the books differ: `expectedMinor` is what the rail says, `actualMinor` what is booked, in minor units
 * of the rail's asset. `what` names it, such as `account:monero:wallet` or `payment:KEY`.
 */
export const Difference = Schema.Struct({
  what: Schema.String,
  expectedMinor: Schema.BigInt,
  actualMinor: Schema.BigInt
})
export type Difference = typeof Difference.Type

/** What is booked beyond what the rail says; below zero when less is booked. */
export const differenceMinor = ({ actualMinor, expectedMinor }: Difference): bigint => actualMinor - expectedMinor

/** Most rows that a report holds. */
export const mostRows = 1000

/** One look at one rail. `found` counts all differences; `differences` are the first 1,000 of them. */
export interface Look {
  readonly rail: string
  readonly asset: string
  readonly atMillis: number
  readonly found: number
  readonly differences: ReadonlyArray<Difference>
}

/** The last look at a rail; `soundAtMillis` is when one last found nothing, null if none ever did. */
export interface Report extends Look {
  readonly soundAtMillis: number | null
}

/** A look with as many rows as a report holds. */
export const lookOf = (
  { asset, atMillis, rail }: Pick<Look, "rail" | "asset" | "atMillis">,
  differences: ReadonlyArray<Difference>
): Look => ({ rail, asset, atMillis, found: differences.length, differences: differences.slice(0, mostRows) })

/** The report after a look, given the one before. */
export const reportAfter = (before: Report | undefined, look: Look): Report => ({
  ...look,
  soundAtMillis: look.found === 0 ? look.atMillis : before?.soundAtMillis ?? null
})

const magnitude = (minor: bigint): bigint => minor < 0n ? -minor : minor

/**
 * How far the books are off, in minor units: the largest difference in either direction, 0 when there is none. Not their
 * sum: a payment that is missing differs by itself and in the balance of its account.
 */
export const imbalanceMinor = ({ differences }: Pick<Look, "differences">): bigint =>
  differences.reduce((most, row) => {
    const minor = magnitude(differenceMinor(row))
    return minor > most ? minor : most
  }, 0n)
