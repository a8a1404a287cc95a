/** Runs the command line as a process of its own, the way a person or a service manager does. */
import { type ChildProcess, spawn } from "node:child_process"
import { join } from "node:path"

const main = join(import.meta.dirname, "../../src/main.ts")

/** What a command printed, and how it ended. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A process that runs. `ended` answers once it has. */
export interface Running {
  readonly child: ChildProcess
  readonly stdout: () => string
  readonly stderr: () => string
  readonly ended: Promise<Ended>
  readonly kill: (signal: NodeJS.Signals) => Promise<Ended>
}

/** Settings of a test process: nothing of the surroundings but what finds programs. */
export type Environment = Readonly<Record<string, string>>

const bare = (): Record<string, string> => ({ PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "/tmp" })

const alive = new Set<ChildProcess>()
process.once("exit", () => alive.forEach((child) => child.kill("SIGKILL")))

/** Where a program runs, and what it is given on standard input. */
interface Place {
  readonly folder?: string
  readonly input?: string
}

/** Starts a program of the checkout. */
const launch = (words: ReadonlyArray<string>, environment: Environment, place: Place = {}): Running => {
  const child = spawn(process.execPath, ["--conditions=@purser/source", ...words], {
    env: { ...bare(), ...environment },
    stdio: ["pipe", "pipe", "pipe"],
    ...place.folder === undefined ? {} : { cwd: place.folder }
  })
  // A program that reads none of it may end before it is written.
  child.stdin.on("error", () => undefined).end(place.input)
  alive.add(child)
  let stdout = ""
  let stderr = ""
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk
  })
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk
  })
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code, signal) => {
      alive.delete(child)
      resolve({ code, signal, stdout, stderr })
    })
  })
  const kill = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  return { child, stdout: () => stdout, stderr: () => stderr, ended, kill }
}

/** Starts `purser` with these words. */
export const start = (words: ReadonlyArray<string>, environment: Environment = {}, folder?: string): Running =>
  launch([main, ...words], environment, folder === undefined ? {} : { folder })

/** Starts the host of that name as a process of its own. */
export const startHost = (name: "api" | "worker", environment: Environment): Running =>
  launch([join(import.meta.dirname, `../../../${name}/src/main.ts`)], environment)

/** Runs a command to its end. */
export const run = (words: ReadonlyArray<string>, environment: Environment = {}, folder?: string): Promise<Ended> =>
  start(words, environment, folder).ended

/** Runs a command that reads this on standard input. */
export const pipe = (input: string, words: ReadonlyArray<string>, environment: Environment = {}): Promise<Ended> =>
  launch([main, ...words], environment, { input }).ended

const pauseMillis = 25

/** Waits until the condition answers something, or the process has ended, or too much time has passed. */
export const until = async <A>(
  running: Running,
  condition: () => Promise<A | undefined> | A | undefined,
  patienceMillis = 30_000
): Promise<A> => {
  const deadline = performance.now() + patienceMillis
  while (performance.now() < deadline) {
    const found = await condition()
    if (found !== undefined) return found
    if (running.child.exitCode !== null || running.child.signalCode !== null) break
    await new Promise((resolve) => setTimeout(resolve, pauseMillis))
  }
  throw new Error(`waited in vain\nstdout:\n${running.stdout()}\nstderr:\n${running.stderr()}`)
}
