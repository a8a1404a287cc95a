/** Reads YAML as text: nothing is resolved, converted or repeated, so that a value is what stands there. */
import * as Result from "effect/Result"
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument, Scalar } from "yaml"
import type { Entry, Tree, Unreadable } from "./Tree.ts"

/** Settings are three keys deep at most; whoever nests on wants something else. */
const deepest = 8

/** The failsafe schema knows texts, sequences and mappings only: no number loses digits, and no word becomes a flag. */
const options = { schema: "failsafe", version: "1.2", merge: false, uniqueKeys: false, prettyErrors: false } as const

/** Throws `Unreadable` inside, and nowhere else. */
class Stop {
  readonly unreadable: Unreadable
  constructor(line: number, problem: string) {
    this.unreadable = { line, problem }
  }
}

const lineAt = (lines: LineCounter, offset: number | undefined): number => lines.linePos(offset ?? 0).line || 1

const offsetOf = (node: unknown): number | undefined =>
  typeof node === "object" && node !== null && "range" in node
    ? (node.range as readonly number[] | null)?.[0]
    : undefined

const refuseShorthand = (node: unknown, line: number): void => {
  if (isAlias(node)) throw new Stop(line, "aliases are not read: write the value")
  if (typeof node !== "object" || node === null) return
  if ("anchor" in node && node.anchor !== undefined) throw new Stop(line, "anchors are not read")
  if ("tag" in node && node.tag !== undefined) throw new Stop(line, "tags are not read")
}

const keyOf = (node: unknown, line: number): string => {
  refuseShorthand(node, line)
  if (isScalar(node) && typeof node.value === "string") return node.value
  throw new Stop(line, "expected a key of one word")
}

interface Walk {
  readonly lines: LineCounter
  readonly depth: number
}

const entryOf = ({ key, value }: Pair, walk: Walk): Entry => {
  const line = lineAt(walk.lines, offsetOf(key))
  return {
    line,
    key: keyOf(key, line),
    // A key of a flow mapping can stand without a colon.
    value: value === null ? { kind: "scalar", line, text: "", isPlain: true } : treeOf(value, line, walk)
  }
}

const treeOf = (node: unknown, keyLine: number, walk: Walk): Tree => {
  const offset = offsetOf(node)
  const line = offset === undefined ? keyLine : lineAt(walk.lines, offset)
  refuseShorthand(node, line)
  if (walk.depth === 0) throw new Stop(line, "nested too deeply")
  const deeper = { ...walk, depth: walk.depth - 1 }
  if (isMap(node)) return { kind: "mapping", line, entries: node.items.map((pair) => entryOf(pair, deeper)) }
  if (isSeq(node)) return { kind: "sequence", line, items: node.items.map((item) => treeOf(item, line, deeper)) }
  if (!isScalar(node) || typeof node.value !== "string") throw new Stop(line, "expected text")
  // An empty value has its place behind the colon, which can be the line below.
  const text = node.value
  return { kind: "scalar", line: text === "" ? keyLine : line, text, isPlain: node.type === Scalar.PLAIN }
}

const refuseErrors = ({ directives, errors, warnings }: Document.Parsed, lines: LineCounter): void => {
  // The first one is the cause; the parser goes on, and the others tend to follow from it. Its message quotes the file.
  const [first] = [...errors, ...warnings]
  if (first !== undefined) {
    throw new Stop(
      lineAt(lines, first.pos[0]),
      first.code === "MULTIPLE_DOCS" ? "only one document is read" : `not YAML (${first.code})`
    )
  }
  if (directives.yaml.explicit === true) throw new Stop(1, "directives are not read")
}

/** What the text holds; null when nothing but comments. Answers with the first thing that cannot be read. */
export const readTree = (text: string): Result.Result<Tree | null, Unreadable> => {
  const lines = new LineCounter()
  try {
    const document = parseDocument(text, { ...options, lineCounter: lines })
    refuseErrors(document, lines)
    const { contents } = document
    return Result.succeed(contents === null ? null : treeOf(contents, 1, { lines, depth: deepest }))
  } catch (cause) {
    // The parser answers most of what it cannot take by errors, yet not all.
    return Result.fail(cause instanceof Stop ? cause.unreadable : { line: 1, problem: "cannot be read as YAML" })
  }
}
