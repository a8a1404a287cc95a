/** Draws how far a piece of work has got, as one line of text. */

/** Where the work stands. `total` is undefined while nobody knows it. */
export interface Standing {
  readonly done: number
  readonly total: number | undefined
  readonly elapsedMillis: number
}

/** What is being done to what. */
export interface Subject {
  readonly label: string
  readonly unit: string
}

const barWidth = 24
const millisPerSecond = 1000
const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 })

const secondsPerMinute = 60
const minutesPerHour = 60

const two = (figure: number): string => String(figure).padStart(2, "0")

/** A span of time in its two largest units: `1 h 05 min`, `2 min 03 s`, `7 s`. */
export const spanText = (millis: number): string => {
  const seconds = Math.ceil(millis / millisPerSecond)
  if (seconds < secondsPerMinute) return `${seconds} s`
  const minutes = Math.floor(seconds / secondsPerMinute)
  if (minutes < minutesPerHour) return `${minutes} min ${two(seconds % secondsPerMinute)} s`
  return `${Math.floor(minutes / minutesPerHour)} h ${two(minutes % minutesPerHour)} min`
}

const bar = (share: number): string => {
  const full = Math.floor(share * barWidth)
  return `${"█".repeat(full)}${"░".repeat(barWidth - full)}`
}

/** After so long a rate says something. */
const settledMillis = 1000

const pace = ({ done, elapsedMillis, total }: Standing): ReadonlyArray<string> => {
  if (elapsedMillis < settledMillis || done === 0) return []
  const perMilli = done / elapsedMillis
  const rate = `${grouped.format(perMilli * millisPerSecond)}/s`
  return total === undefined || done >= total ? [rate] : [rate, `${spanText((total - done) / perMilli)} left`]
}

/** The line, never wider than `columns`. Work whose total is unknown shows how long it has taken instead of a bar. */
export const barText = (standing: Standing, { label, unit }: Subject, columns: number): string => {
  const { done, elapsedMillis, total } = standing
  const parts = total === undefined
    ? [label, `${grouped.format(done)} ${unit}`, ...pace(standing), spanText(elapsedMillis)]
    : [
      label,
      bar(total === 0 ? 1 : Math.min(1, done / total)),
      `${Math.floor(total === 0 ? 100 : Math.min(1, done / total) * 100)} %`,
      `${grouped.format(done)} of ${grouped.format(total)} ${unit}`,
      ...pace(standing)
    ]
  return parts.join("  ").slice(0, Math.max(0, columns))
}
