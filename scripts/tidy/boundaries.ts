/** Keeps the arrows between packages: apps → runtime → http, identity, jobs → web, contract, integrations, storage → domain. */
import { posix } from "node:path"
import { type Finding, isShipped, type Rule, type SourceFile } from "./SourceFile.ts"

const floor = ["domain"]
const middle = ["contract", "integrations", "storage", ...floor]
const upper = ["http", "identity", "jobs", "web", ...middle]
const top = ["runtime", ...upper]

/** What each folder of `packages/` and `apps/` may import of the others. */
export const arrows: Readonly<Record<string, ReadonlyArray<string>>> = {
  domain: [],
  contract: floor,
  integrations: floor,
  storage: floor,
  identity: ["storage", ...floor],
  web: floor,
  http: ["web", ...middle],
  jobs: middle,
  runtime: upper,
  api: top,
  worker: top,
  cli: top
}

/** Foreign packages of those that also run in a browser. */
const foreign: Readonly<Record<string, RegExp>> = {
  domain: /^(?:effect(?:\/|$)|@noble\/)/,
  contract: /^effect(?:\/|$)/
}

const specifiers = (line: string): ReadonlyArray<string> =>
  [...line.matchAll(/(?:\bfrom |^import |\bimport\(|\brequire\()\s*"([^"]+)"/g)].map((match) => match[1]!)

const home = (path: string): string => path.split("/")[1]!

const isRelative = (specifier: string): boolean => specifier.startsWith(".")

const betweenPackages = (from: string, specifier: string): string | undefined => {
  const name = /^@purser\/([^/]+)/.exec(specifier)?.[1] ?? (/^purser(?:\/|$)/.test(specifier) ? "cli" : undefined)
  if (name === undefined) return foreign[from]?.test(specifier) === false ? `no ${specifier} in ${from}` : undefined
  return arrows[from]?.includes(name) === true || name === from ? undefined : `no arrow from ${from} to ${name}`
}

const context = (path: string): string => path.split("/").slice(0, 4).join("/")

/** Contexts of the domain meet through `index.ts`, their test material through `testing/index.ts`. */
const withinPackage = (path: string, specifier: string): string | undefined => {
  const target = posix.join(posix.dirname(path), specifier)
  if (target === `${path.split("/").slice(0, 2).join("/")}/package.json`) return undefined
  if (!target.startsWith(`${path.split("/").slice(0, 3).join("/")}/`)) return "other packages by name"
  if (home(path) !== "domain" || context(path) === context(target)) return undefined
  return /^packages\/domain\/src\/[^/]+\/(?:testing\/)?index\.ts$/.test(target) ? undefined : "the context's index.ts"
}

const verdict = (file: SourceFile, specifier: string): string | undefined =>
  isRelative(specifier) ? withinPackage(file.path, specifier) : betweenPackages(home(file.path), specifier)

/** Shipped code imports along the arrows only. */
export const importsAlongArrows: Rule = (file) => {
  if (!isShipped(file.path)) return []
  return file.lines.flatMap((line, index): ReadonlyArray<Finding> =>
    specifiers(line).flatMap((specifier) => {
      const wanted = verdict(file, specifier)
      return wanted === undefined ? [] : [{ path: file.path, line: index + 1, wanted }]
    })
  )
}

/** Relative imports name the file with its ending, so that Node runs sources as they are. */
export const importsNameFiles: Rule = (file) =>
  file.path.endsWith(".ts")
    ? file.lines.flatMap((line, index) =>
      specifiers(line).filter((specifier) => isRelative(specifier) && !/\.(?:ts|json|js)$/.test(specifier))
        .map(() => ({ path: file.path, line: index + 1, wanted: "the ending .ts" }))
    )
    : []

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** A package declares along the arrows only. */
export const declaresAlongArrows: Rule = (file) => {
  if (!/^(?:packages|apps)\/[^/]+\/package\.json$/.test(file.path)) return []
  const { dependencies, peerDependencies } = JSON.parse(file.text) as Manifest
  return Object.keys({ ...dependencies, ...peerDependencies }).flatMap((name) => {
    const wanted = betweenPackages(home(file.path), name)
    return wanted === undefined ? [] : [{ path: file.path, line: 1, wanted }]
  })
}
