/** Asks for a sentence at the top of every source and on every export. */
import { type Finding, isShipped, isTest, type Rule, type SourceFile } from "./SourceFile.ts"

const declaration =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|class|interface|type|function\*?|enum|namespace) (\w+)/

const isDocumented = (file: SourceFile): boolean =>
  isShipped(file.path) ||
  /^scripts\/.*\.ts$/.test(file.path) && !isTest(file.path) && !file.path.endsWith("vitest.config.ts")

/** A file opens with a docstring whose first word is a verb in the third person (`Reads …`, `Declares …`). */
export const opensWithSentence: Rule = (file) => {
  if (!isDocumented(file)) return []
  const first = file.lines.find((line) => !line.startsWith("#!")) ?? ""
  const [, next = ""] = file.lines
  const opening = first === "/**" ? next.replace(/^ \* /, "/** ") : first
  return /^\/\*\* [A-Z][a-z]+s\b/.test(opening)
    ? []
    : [{ path: file.path, line: 1, wanted: "open the file with `/** Verbs … */`, one sentence on what it does" }]
}

const previous = (file: SourceFile, index: number): string => file.lines[index - 1]?.trim() ?? ""

/** `export type X = typeof X.Type` belongs to the documented `X` above it; so does a further overload. */
const isCompanion = (file: SourceFile, index: number, name: string): boolean =>
  file.lines.slice(0, index).some((line) => declaration.exec(line)?.[1] === name)

/** Every exported declaration has a docstring directly above it. */
export const documentsExports: Rule = (file) => {
  if (!isDocumented(file)) return []
  return file.lines.flatMap((line, index): ReadonlyArray<Finding> => {
    const name = declaration.exec(line)?.[1]
    if (name === undefined || previous(file, index).endsWith("*/") || isCompanion(file, index, name)) return []
    return [{ path: file.path, line: index + 1, wanted: `a docstring on ${name}` }]
  })
}
