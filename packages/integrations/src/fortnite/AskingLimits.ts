/** Decides when the next question may leave, so that no window of time ever holds too many. */

/** At most `most` questions in any `millis`. */
export interface Window {
  readonly most: number
  readonly millis: number
}

/** What fortnite-api.com documents for stats: 3 a second and 180 a minute. */
export const providerWindows: ReadonlyArray<Window> = [{ most: 3, millis: 1000 }, { most: 180, millis: 60_000 }]

/** When the latest questions left, in milliseconds, oldest first. */
export type Departures = ReadonlyArray<number>

/**
 * The first instant at which a question may leave: now or later. A bucket that refills would let twice its size through
 * in one window; departures are remembered instead. A clock that was set back makes nobody wait longer than a window.
 */
export const earliestMillis = (
  windows: ReadonlyArray<Window>,
  departures: Departures,
  nowMillis: number
): number =>
  windows.reduce((earliest, { millis, most }) => {
    const blocking = departures.at(-most)
    return blocking === undefined ? earliest : Math.max(earliest, Math.min(blocking, nowMillis) + millis)
  }, nowMillis)

/** The departures with one more, as many as the windows need. */
export const departed = (
  windows: ReadonlyArray<Window>,
  departures: Departures,
  nowMillis: number
): Departures => [...departures, nowMillis].slice(-Math.max(...windows.map(({ most }) => most)))
