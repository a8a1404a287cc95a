/** Removes what test runs left behind that were killed. */
import { readdirSync, rmSync } from "node:fs"
import { join } from "node:path"

const name = /^purser-postgres-(\d+)$/

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH"
  }
}

const isDead = (entry: string): boolean => {
  const pid = name.exec(entry)?.[1]
  return pid !== undefined && !isAlive(Number(pid))
}

const remove = (path: string): ReadonlyArray<string> => {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 5 })
    return [path]
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    // Another user's folder is theirs to remove, and a server that is just ending removes its own.
    if (code === "EACCES" || code === "EPERM" || code === "ENOTEMPTY") return []
    throw error
  }
}

/** Removes the server folders in `scratch` whose test run is no longer alive; answers their paths. */
export const sweep = (scratch: string): ReadonlyArray<string> =>
  readdirSync(scratch).filter(isDead).flatMap((entry) => remove(join(scratch, entry)))
