/** Runs programs that end with this process, however it ends, and folders that go with it. */
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A running program. */
export interface Guarded {
  readonly pid: number
  /** Whether it still runs. */
  readonly isAlive: () => boolean
  /** Sends the signal and waits for the end. Nothing happens to one that has ended. */
  readonly end: (signal: NodeJS.Signals) => Promise<void>
}

/**
 * Starts the program under a shell that waits for the end of its standard input. When this process ends, `kill -9`
 * included, the pipe closes and the program is killed. The first line of output is the program's id.
 */
const programGuard = `exec 3<&0
log=$1; shift
"$@" 3<&- </dev/null >"$log" 2>&1 & program=$!
echo $program
(cat <&3 >/dev/null; kill -KILL $program) 2>/dev/null &
wait $program
kill $! 2>/dev/null`

/** Removes the folder when the pipe closes; programs that are just being killed may still be in it for a moment. */
const folderGuard = `cat >/dev/null
for round in 1 2 3 4 5 6 7 8 9 10; do sleep 0.3; rm -rf "$1" && exit; done`

/** Lets this process end while the child is still up. */
const release = (child: ChildProcess): void => {
  child.unref()
  for (const stream of [child.stdin, child.stdout]) (stream as unknown as { unref(): void } | null)?.unref()
}

/** Starts a program; what it prints goes to the file `log`. */
export const startGuarded = async (command: ReadonlyArray<string>, log: string): Promise<Guarded> => {
  const guard = spawn("/bin/sh", ["-c", programGuard, "sh", log, ...command], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "pipe", "ignore"]
  })
  const exited = once(guard, "exit")
  const [line] = await once(guard.stdout, "data") as [Buffer]
  const pid = Number(line.toString())
  release(guard)
  const isAlive = (): boolean => guard.exitCode === null && guard.signalCode === null
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (!isAlive()) return
    guard.ref()
    process.kill(pid, signal)
    await exited
    guard.stdin.end()
  }
  return { pid, isAlive, end }
}

/** Makes an empty folder that goes with this process, or when `remove` is called. */
export const guardedFolder = (name: string): { readonly path: string; readonly remove: () => Promise<void> } => {
  const path = mkdtempSync(join(tmpdir(), `purser-${name}-`))
  const guard = spawn("/bin/sh", ["-c", folderGuard, "sh", path], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"]
  })
  const exited = once(guard, "exit")
  release(guard)
  const remove = async (): Promise<void> => {
    guard.ref()
    guard.stdin.end()
    await exited
  }
  return { path, remove }
}
