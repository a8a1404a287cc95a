/** Tells how far the books are off: figures for the collector, and lines of the log. */
import { differenceMinor, imbalanceMinor, type Report } from "@purser/domain/reconciliation"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"

const millisPerSecond = 1000

const labels = ({ asset, rail }: Pick<Report, "rail" | "asset">) => ({ rail, asset })

const imbalance = (report: Report) =>
  Metric.gauge("ledger_imbalance", {
    description:
      "How far the books are off, in minor units: the largest difference that was found. 0 when they are sound.",
    bigint: true,
    attributes: labels(report)
  })

const reconciledAt = (report: Report) =>
  Metric.gauge("ledger_reconciled_timestamp_seconds", {
    description: "When the books were last held against the rail.",
    attributes: labels(report)
  })

const soundAt = (report: Report) =>
  Metric.gauge("ledger_sound_timestamp_seconds", {
    description: "When the books were last found sound; 0 when they never were.",
    attributes: labels(report)
  })

/** Puts what the reports say into the figures of this process. */
export const showImbalance = (reports: ReadonlyArray<Report>): Effect.Effect<void> =>
  Effect.forEach(reports, (report) =>
    Effect.all([
      Metric.update(imbalance(report), imbalanceMinor(report)),
      Metric.update(reconciledAt(report), report.atMillis / millisPerSecond),
      Metric.update(soundAt(report), (report.soundAtMillis ?? 0) / millisPerSecond)
    ]), { discard: true })

const mostNamed = 5

/** One line on what a report found; a few rows by name. */
export const worded = ({ asset, differences, found, rail }: Report): string => {
  const rows = differences.slice(0, mostNamed).map((row) =>
    `${row.what}: expected ${row.expectedMinor}, booked ${row.actualMinor}, difference ${differenceMinor(row)}`
  )
  const rest = found > rows.length ? `; and ${found - rows.length} more` : ""
  return `the books differ from ${rail} in ${
    found === 1 ? "a figure" : `${found} figures`
  } of ${asset} (minor units): ${rows.join("; ")}${rest}`
}
