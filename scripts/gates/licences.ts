/** Holds the licences of all installed packages to a list; ends with 1 when one is not on it. */
import { readFileSync } from "node:fs"
import { join } from "node:path"

/** What the lockfile says of one package. */
export interface Locked {
  readonly license?: string
  readonly dev?: boolean
  /** A tool that is also an optional peer of something shipped, and is not shipped with it. */
  readonly devOptional?: boolean
  /** Reached through peers only: whoever installs the package chooses it. */
  readonly peer?: boolean
  readonly link?: boolean
}

/** Licences that let anybody ship the package inside a product. */
const shippable = new Set(["MIT", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "BlueOak-1.0.0"])
/** More that are fine for tools, which are not shipped. */
const tools = new Set([...shippable, "MPL-2.0", "CC0-1.0", "CC-BY-4.0", "Python-2.0", "Unlicense"])

const choices = (expression: string): ReadonlyArray<string> => expression.replace(/^\(|\)$/g, "").split(" OR ")

const isTool = ({ dev, devOptional, peer }: Locked): boolean => dev === true || devOptional === true || peer === true

/** Answers a sentence for every package whose licence is missing or not on the list; of several one must be. */
export const refusedLicences = (packages: Readonly<Record<string, Locked>>): ReadonlyArray<string> =>
  Object.entries(packages)
    .filter(([path, { link }]) => path.includes("node_modules/") && link !== true)
    .filter(([, locked]) =>
      !choices(locked.license ?? "").some((name) => (isTool(locked) ? tools : shippable).has(name))
    )
    .map(([path, { license = "no licence" }]) => `${path.replace(/^.*node_modules\//, "")}: ${license}`)

if (import.meta.main) {
  const lockfile = readFileSync(join(import.meta.dirname, "../../package-lock.json"), "utf8")
  const { packages } = JSON.parse(lockfile) as { readonly packages: Readonly<Record<string, Locked>> }
  const refused = refusedLicences(packages)
  for (const line of refused) process.stderr.write(`${line}\n`)
  if (refused.length > 0) process.exitCode = 1
}
