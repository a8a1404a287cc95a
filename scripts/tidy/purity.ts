/** Keeps time, chance, settings and output at the edges that own them, and money out of floating point. */
import { type Finding, isShipped, isTest, linesThat, type Rule, type SourceFile } from "./SourceFile.ts"

interface Owned {
  readonly pattern: RegExp
  readonly wanted: string
  readonly owners: ReadonlyArray<string>
}

const owned: ReadonlyArray<Owned> = [
  { pattern: /\bDate\.now\b|\bnew Date\(\)/, wanted: "Clock of effect", owners: [] },
  { pattern: /\bMath\.random\b/, wanted: "Random of effect, or random bytes given as a parameter", owners: [] },
  {
    pattern: /\bprocess\.env\b/,
    wanted: "a setting from packages/runtime",
    owners: ["packages/runtime/src/", "apps/"]
  },
  { pattern: /\bprocess\.exit\(/, wanted: "an effect that fails; the host decides how to end", owners: ["apps/"] },
  { pattern: /\bconsole\.\w+\(/, wanted: "Effect.log, or Console in a command", owners: [] }
]

const isComment = (line: string): boolean => /^\s*(?:\/\/|\/?\*)/.test(line)

const withoutComments = (file: SourceFile): SourceFile => ({
  ...file,
  lines: file.lines.map((line) => isComment(line) ? "" : line)
})

/** Shipped code takes time, chance and settings from services; see `owned` for who may reach for them. */
export const isPure: Rule = (file): ReadonlyArray<Finding> => {
  if (!isShipped(file.path)) return []
  const code = withoutComments(file)
  return owned
    .filter(({ owners }) => !owners.some((owner) => file.path.startsWith(owner)))
    .flatMap(({ pattern, wanted }) => linesThat(code, pattern, wanted))
}

/** A test that throws dice can not be repeated. */
export const testsAreRepeatable: Rule = (file) => isTest(file.path) ? linesThat(file, /\bMath\.random\b/, "a seed") : []

/** Money is a bigint in minor units. */
export const moneyIsExact: Rule = (file) =>
  isShipped(file.path)
    ? linesThat(
      withoutComments(file),
      /\b(?:\w+Minor|amount|balance)\??: (?:number|Schema\.(?:Number|Int)\b)/,
      "bigint minor units"
    )
    : []
