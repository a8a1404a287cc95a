/** Finds settings in what a file holds, naming file, line and path of every key that cannot be used. */
import * as Result from "effect/Result"
import type { Place, Refusal, Variable } from "../Variable.ts"
import type { Entry, Mapping, Tree } from "./Tree.ts"

/** A setting that can stand in the file. */
type Placed = Variable<unknown> & { readonly place: Place }

/** What a file came to: texts by the names of variables, and what is wrong. */
export interface Findings {
  readonly found: ReadonlyArray<{ readonly name: string; readonly text: string; readonly where: string }>
  readonly refusals: ReadonlyArray<Refusal>
}

const nothing: Findings = { found: [], refusals: [] }

const together = (parts: ReadonlyArray<Findings>): Findings => ({
  found: parts.flatMap(({ found }) => found),
  refusals: parts.flatMap(({ refusals }) => refusals)
})

interface Scope {
  /** Such as `payout.yaml`. */
  readonly file: string
  readonly placed: ReadonlyMap<string, Placed>
  /** Keys that hold others, by their paths. */
  readonly sections: ReadonlySet<string>
}

/** Keys are shown so that one can find them, and cannot fill a screen or move its cursor. */
const shown = (path: string): string => path.replace(/[^\x21-\x7e]/gu, "?").slice(0, 100)

const whereOf = ({ file }: Scope, line: number, path: string): string =>
  path === "" ? `${file}:${line}` : `${file}:${line} ${shown(path)}`

const asked = (where: string, problem: string): Findings => ({ found: [], refusals: [{ name: where, problem }] })

const unset = /^(?:~|null|Null|NULL)$/u
const flagLike = /^(?:true|True|TRUE|false|False|FALSE)$/u

/** One value without parts, as the environment would have it, so that one parser reads both; else what is wrong. */
const scalarText = (tree: Tree, shape: "flag" | "number" | "text"): Result.Result<string, string> => {
  if (tree.kind !== "scalar") return Result.fail("expected one value")
  const { isPlain, text } = tree
  if (isPlain && unset.test(text)) return Result.fail("leave the key out where there is no value")
  if (/\p{Cc}/u.test(text)) return Result.fail("expected one line")
  if (text.includes("${")) return Result.fail("nothing is filled in here: set the variable itself")
  if (shape === "text") {
    return isPlain && flagLike.test(text) ? Result.fail("expected text: put it in quotes") : Result.succeed(text.trim())
  }
  return isPlain ? Result.succeed(text) : Result.fail("expected it without quotes")
}

/** A part of a list or of flags. */
interface Part {
  readonly line: number
  readonly path: string
  readonly text: Result.Result<string, string>
}

const withoutComma = (text: string): Result.Result<string, string> =>
  text.includes(",") ? Result.fail("no comma within an item") : Result.succeed(text)

const itemsOf = (tree: Tree, path: string): ReadonlyArray<Part> | undefined =>
  tree.kind === "sequence"
    ? tree.items.map((item, index) => ({
      line: item.line,
      path: `${path}[${index}]`,
      text: Result.flatMap(scalarText(item, "text"), withoutComma)
    }))
    : undefined

const flagsOf = (tree: Tree, path: string): ReadonlyArray<Part> | undefined =>
  tree.kind === "mapping"
    ? tree.entries.map(({ key, line, value }) => ({
      line,
      path: `${path}.${key}`,
      text: Result.map(scalarText(value, "flag"), (flag) => `${key}=${flag}`)
    }))
    : undefined

const isEmpty = (tree: Tree): boolean => tree.kind === "scalar" && tree.text === ""

const accept = (variable: Placed, text: string, where: string): Findings =>
  Result.match(variable.parse(text), {
    onFailure: (problem) => asked(where, problem),
    onSuccess: () => ({ found: [{ name: variable.name, text, where }], refusals: [] })
  })

/** Each part is read by itself, so that the line of a bad one is told; then all of them together. */
const readParts = (scope: Scope, variable: Placed, { line, value }: Entry): Findings => {
  const { path, shape } = variable.place
  const parts = shape === "list" ? itemsOf(value, path) : flagsOf(value, path)
  const where = whereOf(scope, line, path)
  if (parts === undefined) {
    return asked(where, shape === "list" ? "expected a list" : "expected keys with true or false")
  }
  const refusals = parts.flatMap((part) =>
    Result.match(Result.flatMap(part.text, (text) => Result.map(variable.parse(text), () => text)), {
      onFailure: (problem): ReadonlyArray<Refusal> => [{ name: whereOf(scope, part.line, part.path), problem }],
      onSuccess: () => []
    })
  )
  if (refusals.length > 0) return { found: [], refusals }
  return accept(variable, parts.map(({ text }) => Result.getOrElse(text, () => "")).join(","), where)
}

const readOne = (scope: Scope, variable: Placed, entry: Entry): Findings => {
  const { name, place: { path, shape }, secret } = variable
  const where = whereOf(scope, entry.line, path)
  if (isEmpty(entry.value)) return nothing
  if (secret) return asked(where, `a secret does not stand in a file: give ${name} or ${name}_FILE`)
  if (shape === "list" || shape === "flags") return readParts(scope, variable, entry)
  return Result.match(scalarText(entry.value, shape), {
    onFailure: (problem) => asked(where, problem),
    onSuccess: (text) => text === "" ? nothing : accept(variable, text, where)
  })
}

const readEntry = (scope: Scope, prefix: string, entry: Entry): Findings => {
  const path = prefix === "" ? entry.key : `${prefix}.${entry.key}`
  const variable = scope.placed.get(path)
  if (variable !== undefined) return readOne(scope, variable, entry)
  const where = whereOf(scope, entry.line, path)
  if (!scope.sections.has(path)) return asked(where, "no such setting")
  if (entry.value.kind === "mapping") return readMapping(scope, path, entry.value)
  return isEmpty(entry.value) ? nothing : asked(where, "expected keys with values")
}

const readMapping = (scope: Scope, prefix: string, { entries }: Mapping): Findings => {
  const seen = new Set<string>()
  return together(entries.map((entry) => {
    if (seen.has(entry.key)) {
      return asked(whereOf(scope, entry.line, prefix === "" ? entry.key : `${prefix}.${entry.key}`), "given twice")
    }
    seen.add(entry.key)
    return readEntry(scope, prefix, entry)
  }))
}

const prefixesOf = (path: string): ReadonlyArray<string> => {
  const keys = path.split(".")
  return keys.slice(1).map((_, index) => keys.slice(0, index + 1).join("."))
}

const isPlaced = (variable: Variable<unknown>): variable is Placed => variable.place !== null

/** The settings of `file`, one of `configFiles`, among all variables. Null is a file of comments. */
export const findSettings = (
  file: Place["file"],
  tree: Tree | null,
  variables: ReadonlyArray<Variable<unknown>>
): Findings => {
  if (tree === null) return nothing
  const placed = new Map(
    variables.filter(isPlaced).filter(({ place }) => place.file === file).map((
      variable
    ) => [variable.place.path, variable])
  )
  const scope = { file: `${file}.yaml`, placed, sections: new Set([...placed.keys()].flatMap(prefixesOf)) }
  return tree.kind === "mapping"
    ? readMapping(scope, "", tree)
    : asked(whereOf(scope, tree.line, ""), "expected keys with values")
}
