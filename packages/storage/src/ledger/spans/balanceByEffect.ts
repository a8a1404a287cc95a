/** Adds up what an account was moved by until some time of effect, from little more than where the log crosses that time. */
import * as Effect from "effect/Effect"
import type { SqlError } from "effect/sql/SqlError"
import type { Bench } from "../Bench.ts"
import type { SpanRow, TotalsRow } from "../Tables.ts"
import { crosses, makeReadCrossing, makeReadSpans, type SummedUp } from "./readSpans.ts"
import { straysOf, type Stretch, stretchOf } from "./Span.ts"
import { figures, type Halves, halves, sumsOf } from "./sums.ts"

/** Totals, and how many transfers are in them. */
export type Counted = TotalsRow & { readonly version: bigint }

/** Adds or takes away what there was up to a sequence, or what one transfer moved. */
interface Signed {
  readonly sequence: bigint
  readonly sign: bigint
}

/** How a balance is put together. */
interface Plan {
  /** Totals just after these are added or taken away. */
  readonly totals: ReadonlyArray<Signed>
  /** Single transfers that took effect before or after all others around them. */
  readonly strays: ReadonlyArray<Signed>
  /** Stretches where each transfer has to be looked at. */
  readonly mixed: ReadonlyArray<Stretch>
}

const beyond = 2n ** 63n - 1n

/** Of an account with up to so many transfers each is looked at: that takes less than reading spans. */
const few = 256n

const wholeLog: Plan = { totals: [], strays: [], mixed: [{ after: 0n, upTo: beyond }] }

type Side = "before" | "after" | "mixed"

const sideOf = (span: SpanRow, at: bigint): Side =>
  span.effective_to_millis <= at ? "before" : span.effective_from_millis > at ? "after" : "mixed"

/** The strays of a small span that are not on the side of all others. */
const strayTerms = (span: SpanRow, at: bigint): ReadonlyArray<Signed> => {
  const side = sideOf(span, at)
  if (side === "mixed") return []
  return straysOf(span).filter(({ effective }) => (effective <= at) !== (side === "before"))
    .map(({ sequence }) => ({ sequence, sign: side === "before" ? -1n : 1n }))
}

/** `crossing` are small spans, of which some may be below large ones of `spans`. */
const planOf = ({ spans, unsummed }: SummedUp, crossing: ReadonlyArray<SpanRow>, at: bigint): Plan => {
  const totals: Array<Signed> = []
  const mixed: Array<Stretch> = []
  let isBefore = false
  for (const span of spans) {
    const side = sideOf(span, at)
    const stretch = stretchOf(span)
    if (isBefore !== (side === "before")) totals.push({ sequence: stretch.after, sign: isBefore ? 1n : -1n })
    isBefore = side === "before"
    if (side === "mixed") mixed.push(stretch)
  }
  if (isBefore) totals.push({ sequence: unsummed, sign: 1n })
  mixed.push({ after: unsummed, upTo: beyond })
  return {
    totals: totals.filter(({ sequence }) => sequence > 0n),
    strays: crossing.flatMap((span) => strayTerms(span, at)),
    mixed
  }
}

const signedColumns = { account_id: "integer", sequence: "integer", sign: "integer" } as const
const mixedColumns = { account_id: "integer", at: "integer", after: "integer", up_to: "integer" } as const

const moved = (figure: keyof TotalsRow): string => `e.${figure} - coalesce(p.${figure}, 0)`
const previous = "LEFT JOIN entry AS p ON p.account_id = e.account_id AND p.version = e.version - 1"

const textsOf = ({ dialect: { table } }: Bench) => ({
  totals: `SELECT r.sign, e.version, ${figures.map((figure) => `e.${figure}`).join(", ")}
    FROM ${table(signedColumns, 1)} JOIN entry AS e ON e.account_id = r.account_id AND e.version = (
      SELECT x.version FROM entry AS x WHERE x.account_id = r.account_id AND x.sequence <= r.sequence
      ORDER BY x.sequence DESC LIMIT 1)`,
  strays: `SELECT r.sign, 1 AS version, ${figures.map((figure) => `${moved(figure)} AS ${figure}`).join(", ")}
    FROM ${
    table(signedColumns, 1)
  } JOIN entry AS e ON e.account_id = r.account_id AND e.sequence = r.sequence ${previous}`,
  mixed: `SELECT count(*) AS version, ${figures.map((figure) => halves(figure, moved(figure))).join(", ")}
    FROM ${table(mixedColumns, 1)}
    JOIN entry AS e ON e.account_id = r.account_id AND e.sequence > r.after AND e.sequence <= r.up_to
    JOIN transfer AS t ON t.sequence = e.sequence AND t.effective_at_millis <= r.at ${previous}`
})

const add = (sum: Counted, row: Counted, sign: bigint): Counted => ({
  version: sum.version + sign * BigInt(row.version),
  debits_posted_minor: sum.debits_posted_minor + sign * BigInt(row.debits_posted_minor),
  debits_pending_minor: sum.debits_pending_minor + sign * BigInt(row.debits_pending_minor),
  credits_posted_minor: sum.credits_posted_minor + sign * BigInt(row.credits_posted_minor),
  credits_pending_minor: sum.credits_pending_minor + sign * BigInt(row.credits_pending_minor)
})

const nothing: Counted = {
  version: 0n,
  debits_posted_minor: 0n,
  debits_pending_minor: 0n,
  credits_posted_minor: 0n,
  credits_pending_minor: 0n
}

/**
 * Makes the sum over what the account was moved by until a time. Whole spans before that time come from the running totals
 * at their ends; only where a span holds transfers from before and after are those of the account looked at one by one.
 */
export const makeBalanceByEffect = (
  bench: Bench
): (account: { readonly id: bigint; readonly version: bigint }, at: bigint) => Effect.Effect<Counted, SqlError> => {
  const { dialect: { parameters }, sql } = bench
  const read = makeReadSpans(bench)
  const readCrossing = makeReadCrossing(bench)
  const texts = textsOf(bench)
  const signed = (text: string, terms: ReadonlyArray<Signed>, account_id: bigint) => {
    const rows = terms.map((term) => ({ account_id, ...term }))
    const found = sql.unsafe<Counted & { readonly sign: bigint }>(text, parameters({ columns: signedColumns, rows }))
    return rows.length === 0 ? Effect.succeed([]) : found
  }
  const mixed = (stretches: ReadonlyArray<Stretch>, account_id: bigint, at: bigint) => {
    const rows = stretches.map(({ after, upTo }) => ({ account_id, at, after, up_to: upTo }))
    return sql.unsafe<Halves & { readonly version: bigint }>(texts.mixed, parameters({ columns: mixedColumns, rows }))
  }
  const summedUp = Effect.fnUntraced(function*(at: bigint) {
    const found = yield* read((span) => sideOf(span, at) === "mixed")
    const crossing = found.spans.filter((span) => crosses(span, at))
    const below = yield* readCrossing(crossing.filter(({ level }) => level === 1n), at)
    return planOf(found, [...crossing.filter(({ level }) => level === 0n), ...below], at)
  })
  return Effect.fnUntraced(function*({ id, version }, at) {
    const plan = version <= few ? wholeLog : yield* summedUp(at)
    const terms = [
      ...yield* signed(texts.totals, plan.totals, id),
      ...yield* signed(texts.strays, plan.strays, id)
    ]
    const [looked] = yield* mixed(plan.mixed, id, at)
    const whole = terms.reduce((sum, row) => add(sum, row, row.sign), nothing)
    return looked === undefined ? whole : add(whole, { version: looked.version, ...sumsOf(looked) }, 1n)
  })
}
