/** Reads the text files of the checkout for the rules that judge them. */
import { readdirSync, readFileSync } from "node:fs"
import { extname, join, relative, sep } from "node:path"

/** One text file: `path` from the root with forward slashes, and its lines without their ends. */
export interface SourceFile {
  readonly path: string
  readonly text: string
  readonly lines: ReadonlyArray<string>
}

/** One thing that a rule found: where (`line` from 1) and what is asked for instead. */
export interface Finding {
  readonly path: string
  readonly line: number
  readonly wanted: string
}

/** Judges one file by itself. */
export type Rule = (file: SourceFile) => ReadonlyArray<Finding>

const produced = new Set(["node_modules", "dist", ".cache", ".git", ".turbo", ".purser", "coverage"])
const textual = new Set([".ts", ".js", ".mjs", ".json", ".md", ".yml", ".yaml", ".sh", ".svg", ".example", ""])

const walk = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (produced.has(entry.name)) return []
    if (entry.isDirectory()) return walk(join(folder, entry.name))
    return entry.isFile() && textual.has(extname(entry.name)) ? [join(folder, entry.name)] : []
  })

/** Makes a file from its text. */
export const sourceFile = (path: string, text: string): SourceFile => ({ path, text, lines: text.split("\n") })

/** Reads every text file below `root`, in the order of their paths, without what tools produce. */
export const readTree = (root: string): ReadonlyArray<SourceFile> =>
  walk(root)
    .map((file) => sourceFile(relative(root, file).split(sep).join("/"), readFileSync(file, "utf8")))
    .toSorted((left, right) => left.path < right.path ? -1 : 1)

/** Answers a finding for every line that `pattern` matches. */
export const linesThat = (file: SourceFile, pattern: RegExp, wanted: string): ReadonlyArray<Finding> =>
  file.lines.flatMap((text, index) => pattern.test(text) ? [{ path: file.path, line: index + 1, wanted }] : [])

/** Says whether the path belongs to code that is shipped: the `src` of a package or host. */
export const isShipped = (path: string): boolean => /^(?:packages|apps)\/[^/]+\/src\/.*\.ts$/.test(path)

/** Says whether the path is a test. */
export const isTest = (path: string): boolean => path.endsWith(".test.ts")
