/** Runs programs of tests in processes of their own. */
import * as Effect from "effect/Effect"
import { type ChildProcess, spawn } from "node:child_process"
import { fileURLToPath } from "node:url"

/** A program that runs. Its scope ends it. */
export interface Running {
  /** Everything that it has printed so far. */
  readonly printed: () => string
  /** Waits until it has printed so many lines. Dies with what it printed when it ends before. */
  readonly lines: (count: number) => Effect.Effect<ReadonlyArray<string>>
  /** As `kill -9`. Waits for the end. */
  readonly kill: Effect.Effect<void>
  /** Waits for the end and answers with the exit code, null after a signal. */
  readonly ended: Effect.Effect<number | null>
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

const ended = (child: ChildProcess): Effect.Effect<number | null> =>
  Effect.callback((resume) => {
    const answer = () => resume(Effect.succeed(child.exitCode))
    if (hasEnded(child)) return answer()
    child.once("close", answer)
  })

const wholeLines = (text: string): ReadonlyArray<string> => text.split("\n").slice(0, -1)

const lines = (child: ChildProcess, count: number, printed: () => string): Effect.Effect<ReadonlyArray<string>> =>
  Effect.callback((resume) => {
    const look = () => {
      if (wholeLines(printed()).length >= count) return resume(Effect.succeed(wholeLines(printed())))
      if (hasEnded(child)) resume(Effect.die(new Error(`the program ended: ${printed()}`)))
    }
    child.stdout!.on("data", look)
    child.once("close", look)
    look()
  })

/** Starts `file`, a program beside the test, from its sources. */
export const start = (file: URL, ...words: ReadonlyArray<string>) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => {
        const line = ["--conditions=@purser/source", fileURLToPath(file), ...words]
        return spawn(process.execPath, line, { stdio: ["ignore", "pipe", "pipe"] })
      }),
      (child) =>
        Effect.suspend(() => {
          child.kill("SIGKILL")
          return ended(child)
        })
    ),
    (child): Running => {
      let text = ""
      const hear = (data: Buffer) => {
        text += data.toString()
      }
      child.stdout.on("data", hear)
      child.stderr.on("data", hear)
      const printed = () => text
      return {
        printed,
        lines: (count) => lines(child, count, printed),
        kill: Effect.suspend(() => {
          child.kill("SIGKILL")
          return Effect.asVoid(ended(child))
        }),
        ended: ended(child)
      }
    }
  )
