/** Starts workers in processes of their own, hears what they say, and does to them what machines do. */
import * as Effect from "effect/Effect"
import { type ChildProcess, spawn } from "node:child_process"
import { fileURLToPath } from "node:url"

/** A worker that runs. Its scope ends it. */
export interface WorkerProcess {
  readonly name: string
  /** Waits until it says a line that begins so, from now on or before; dies with all that it said when it ends first. */
  readonly says: (beginning: string, times?: number) => Effect.Effect<void>
  /** How often it has said a line that begins so. */
  readonly said: (beginning: string) => number
  /** Stops it where it stands between two writes, as a machine that is suspended. */
  readonly freeze: Effect.Effect<void>
  readonly wake: Effect.Effect<void>
  readonly kill: (signal: NodeJS.Signals) => Effect.Effect<void>
}

const program = fileURLToPath(new URL("worker.ts", import.meta.url))

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

const ended = (child: ChildProcess): Effect.Effect<void> =>
  Effect.callback((resume) => {
    if (hasEnded(child)) return resume(Effect.void)
    child.once("close", () => resume(Effect.void))
  })

const end = (child: ChildProcess, signal: NodeJS.Signals): Effect.Effect<void> =>
  Effect.suspend(() => {
    child.kill(signal)
    return ended(child)
  })

const spawnWorker = (words: ReadonlyArray<string>) =>
  Effect.acquireRelease(
    Effect.sync(() =>
      spawn(process.execPath, ["--conditions=@purser/source", program, ...words], { stdio: ["pipe", "pipe", "pipe"] })
    ),
    (child) => end(child, "SIGKILL")
  )

/** Starts a worker on the database at `url`, reachable at `port`. */
export const startWorker = Effect.fnUntraced(function*(name: string, url: string, port: number) {
  const child = yield* spawnWorker([name, url, String(port)])
  let text = ""
  const hear = (data: Buffer) => void (text += data.toString())
  child.stdout.on("data", hear)
  child.stderr.on("data", hear)
  const said = (beginning: string) => text.split("\n").filter((line) => line.startsWith(beginning)).length
  const says = (beginning: string, times = 1): Effect.Effect<void> =>
    Effect.callback((resume) => {
      const look = () => {
        if (said(beginning) >= times) return resume(Effect.void)
        if (hasEnded(child)) resume(Effect.die(new Error(`${name} ended: ${text}`)))
      }
      child.stdout.on("data", look)
      child.once("close", look)
      look()
    })
  return {
    name,
    says,
    said,
    freeze: Effect.sync(() => void child.stdin.write("freeze\n")),
    wake: Effect.sync(() => void child.kill("SIGCONT")),
    kill: (signal) => end(child, signal)
  } satisfies WorkerProcess
})
