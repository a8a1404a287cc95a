/** Makes folders, one after the other. */
import { existsSync, mkdirSync } from "node:fs"
import { dirname } from "node:path"

/**
 * Makes a folder and those above it that are missing, for their owner alone; throws what the system says. Node's own
 * recursive way never ends where a folder can not be made below one that exists, as in `/proc`.
 */
export const makeFolder = (path: string): void => {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (cause) {
    // Another process made it just now.
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause
  }
}
