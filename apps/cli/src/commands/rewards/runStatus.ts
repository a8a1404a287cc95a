/** Shows how the rewards program goes: jobs, payouts and books. */
import { FaucetAdmin, type FaucetStats, type JobRun } from "@purser/domain/faucet"
import { imbalanceMinor, ReconciliationStore, type Report } from "@purser/domain/reconciliation"
import type { Settings } from "@purser/runtime/settings"
import * as Effect from "effect/Effect"
import { ban, moment, payoutsIn, timeOrNull } from "../../faucet/shown.ts"
import { withFaucet } from "../../faucet/withFaucet.ts"
import { settings } from "../../settings/settings.ts"
import { failed } from "../../terminal/CommandFailed.ts"
import { print } from "../../terminal/output.ts"
import { pairs, table } from "../../terminal/table.ts"
import { inAsset } from "../ledger/books.ts"
import { time } from "../ledger/shown.ts"

interface Found {
  readonly stats: FaucetStats
  readonly jobs: ReadonlyArray<JobRun>
  readonly books: ReadonlyArray<Report>
}

/** The signer is no job of that kind: what it has to do is seen from the payouts. */
const look = Effect.gen(function*() {
  const admin = yield* FaucetAdmin
  const stats = yield* admin.stats
  const jobs = (yield* admin.jobs).filter(({ job }) => job !== "payout")
  const books = yield* ReconciliationStore.use(({ last }) => last)
  return { stats, jobs, books } satisfies Found
})

const modes: Readonly<Record<Settings["rewards"]["mode"], string>> = {
  off: "off",
  sandbox: "SANDBOXED: play providers, play money",
  dry_run: "DRY RUN: real providers, nothing is broadcast",
  live: "LIVE: real providers, real money"
}

const secondsOf = ({ finishedAtMillis, startedAtMillis }: JobRun): string =>
  startedAtMillis === null || finishedAtMillis === null || finishedAtMillis < startedAtMillis
    ? ""
    : `${((finishedAtMillis - startedAtMillis) / 1000).toFixed(1)} s`

/** How it went; a start after the last end is a run that goes on, or one that died. */
const stateOf = ({ finishedAtMillis, outcome, startedAtMillis }: JobRun): string => {
  if (startedAtMillis === null) return "never ran"
  if (finishedAtMillis === null || finishedAtMillis < startedAtMillis) return "runs"
  return outcome === "failed" ? "FAILED" : "ok"
}

const jobsTable = (jobs: ReadonlyArray<JobRun>): string =>
  table([
    { heading: "job", text: ({ job }) => job },
    { heading: "began", text: ({ startedAtMillis }) => moment(startedAtMillis) },
    { heading: "took", figures: true, text: secondsOf },
    { heading: "", text: stateOf },
    { heading: "", text: ({ askedAtMillis, detail }) => askedAtMillis === null ? detail : `asked for; ${detail}` }
  ], jobs)

const booksText = (books: ReadonlyArray<Report>): string =>
  books.length === 0 ? "nothing was reconciled yet" : table([
    { heading: "books against", text: ({ rail }) => rail === "books" ? "themselves" : rail },
    { heading: "in", text: ({ asset }) => asset },
    { heading: "looked", text: ({ atMillis }) => moment(atMillis) },
    { heading: "", text: ({ found }) => found === 0 ? "agree" : `DIFFER in ${found} figures` },
    { heading: "", text: (report) => report.found === 0 ? "" : `by ${inAsset(imbalanceMinor(report), report.asset)}` }
  ], books)

const sum = ({ amountMinor, count }: ReturnType<typeof payoutsIn>): string =>
  `${count} payouts, ${ban(amountMinor)} BAN`

const head = (mode: Settings["rewards"]["mode"], stats: FaucetStats): string => {
  const { figures } = stats
  return pairs([
    ["rewards", modes[mode]],
    ["signing", stats.config.config.killSwitch ? "HALTED: purser payouts resume" : "goes on"],
    ["operator", stats.operatorAccount],
    ["wallet", `${ban(stats.walletMinor)} BAN by the books`],
    ["owed", `${ban(figures.openMinor)} BAN for ${figures.openKills} kills`],
    ["queued", sum(payoutsIn(stats, "queued"))],
    ["under way", sum(payoutsIn(stats, "signed", "sent", "unknown"))],
    ["failed", sum(payoutsIn(stats, "failed"))],
    ["to review", `${figures.openSignals} signs of abuse, ${figures.heldPlayers} players held`]
  ])
}

const jobJson = (run: JobRun) => ({
  job: run.job,
  started_at: timeOrNull(run.startedAtMillis),
  finished_at: timeOrNull(run.finishedAtMillis),
  outcome: run.outcome,
  detail: run.detail,
  asked_at: timeOrNull(run.askedAtMillis)
})

const shown = (mode: string, { books, jobs, stats }: Found) => ({
  mode,
  halted: stats.config.config.killSwitch,
  operator_account: stats.operatorAccount,
  operator_balance_ban: ban(stats.walletMinor),
  accruals_pending_ban: ban(stats.figures.openMinor),
  payouts: stats.payouts.map(({ amountMinor, count, status }) => ({ status, count, amount_ban: ban(amountMinor) })),
  jobs: jobs.map(jobJson),
  books: books.map((report) => ({
    rail: report.rail,
    asset: report.asset,
    at: time(report.atMillis),
    sound_at: timeOrNull(report.soundAtMillis),
    found: report.found,
    imbalance_minor: imbalanceMinor(report)
  }))
})

/** What needs a look, in words. */
const complaints = ({ books, jobs }: Found): ReadonlyArray<string> => [
  ...jobs.filter((run) => stateOf(run) === "FAILED").map(({ job }) => `${job} failed when it last ran`),
  ...books.some(({ found }) => found > 0)
    ? ["the books do not say what they should: purser ledger reconcile --last"]
    : []
]

/** What the command does. */
export const run = Effect.fnUntraced(function*({ json }: { readonly json: boolean }) {
  const { rewards: { mode } } = yield* settings
  const found = yield* withFaucet(look)
  const text = [head(mode, found.stats), jobsTable(found.jobs), booksText(found.books)].join("\n\n")
  yield* print(json, shown(mode, found), text)
  const wrong = complaints(found)
  if (wrong.length > 0) return yield* failed(wrong.join("\n"))
})
