/** Makes folders of settings for tests. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll } from "vitest"

/** A maker of folders with the given files; they go when the tests of the file have run. */
export const configFolders = (): (files: Readonly<Record<string, string | Uint8Array>>) => string => {
  const all = mkdtempSync(join(tmpdir(), "purser-config-"))
  afterAll(() => rmSync(all, { recursive: true }))
  return (files) => {
    const folder = mkdtempSync(join(all, "folder-"))
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
    return folder
  }
}
