/** Shows a person how far long work has got. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { barText, type Subject } from "./progressBar.ts"

/** What the work counts while it goes on; whoever does it writes here. */
export interface Work {
  done: number
  total: number | undefined
}

/** Where the bar is drawn: standard error, or what stands in for it. */
export interface Screen {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly write: (text: string) => unknown
}

/** Work that is over by then shows nothing. */
const patienceMillis = 300
const everyMillis = 150
const ordinaryColumns = 80

/** A terminal that does not know its width says 0. */
const widthOf = ({ columns = 0 }: Screen): number => (columns === 0 ? ordinaryColumns : columns) - 1

/** To the beginning of the line; and from here to its end, away. */
const lineStart = "\r"
const clearRest = "\u001b[K"

const drawing = (work: Work, subject: Subject, screen: Screen) =>
  Effect.gen(function*() {
    const startedMillis = yield* Clock.currentTimeMillis
    yield* Effect.sleep(patienceMillis)
    while (true) {
      const elapsedMillis = (yield* Clock.currentTimeMillis) - startedMillis
      const text = barText({ ...work, elapsedMillis }, subject, widthOf(screen))
      // In one write, over what was there: nothing flickers.
      screen.write(`${lineStart}${text}${clearRest}`)
      yield* Effect.sleep(everyMillis)
    }
  }).pipe(Effect.ensuring(Effect.sync(() => screen.write(`${lineStart}${clearRest}`))))

/**
 * Does the work under a bar on standard error, and takes the bar away in the end. Draws nothing where nobody looks: when
 * standard error is no terminal, and when `json` says that a program reads.
 */
export const withProgress = <A, E, R>(
  subject: Subject & { readonly json: boolean },
  use: (work: Work) => Effect.Effect<A, E, R>,
  screen: Screen = process.stderr
): Effect.Effect<A, E, R> =>
  Effect.suspend(() => {
    const work: Work = { done: 0, total: undefined }
    return subject.json || screen.isTTY !== true
      ? use(work)
      : Effect.scoped(Effect.andThen(Effect.forkScoped(drawing(work, subject, screen)), use(work)))
  })
