/** Refuses unfinished work, vague names and places that exist on one machine only. */
import { type Finding, isShipped, isTest, linesThat, type Rule } from "./SourceFile.ts"

/** Spelt in halves, so that this file does not hold what it looks for. */
const markers = [["TO", "DO"], ["FIX", "ME"], ["X", "XX"], ["HA", "CK"]].map((halves) => halves.join(""))
const marker = new RegExp(`\\b(?:${markers.join("|")})\\b`)

/** Work that is not done is said in docs/STATUS.md, not in a marker. */
export const hasNoMarkers: Rule = (file) => linesThat(file, marker, "no marker: finish it, or say so in docs/STATUS.md")

/** No test is switched off or run alone; a missing program skips by `missing(requirement)`, which names the remedy. */
export const switchesNoTestOff: Rule = (file) =>
  isTest(file.path)
    ? [
      ...linesThat(file, /\b(?:it|test|describe|suite)\w*(?:\.\w+)*\.(?:skip|only|todo|fails)\b/, "a test that runs"),
      ...linesThat(file, /^\s*(?:xit|fit|xdescribe|fdescribe)\(/, "a test that runs")
    ]
    : []

/** Titles are in the present tense. */
export const titlesArePresent: Rule = (file) =>
  isTest(file.path)
    ? linesThat(file, /\b(?:it|test|describe)\w*(?:\.\w+)*\(\s*["'`][^"'`]*\bshould\b/, "a title in the present tense")
    : []

const vague = /util|helper|common|manager/i

/** Names say what a thing is. */
export const namesAreClear: Rule = (file) => {
  const inPath = file.path.endsWith(".ts") && vague.test(file.path)
  const findings: ReadonlyArray<Finding> = inPath
    ? [{ path: file.path, line: 1, wanted: "a file name that says what it holds" }]
    : []
  const exported = /^export (?:const|class|interface|type|function) \w*(?:[Uu]til|[Hh]elper|Common|Manager)/
  return isShipped(file.path) ? [...findings, ...linesThat(file, exported, "a name that says what it is")] : findings
}

/** No path of one machine gets into the project. */
export const namesNoMachine: Rule = (file) =>
  linesThat(file, /(?:^|[\s"'`(=:])\/(?:home|root|Users|work|workspace)\//, "a path that exists on every machine")

/** Silenced checks stay silent for ever. */
export const silencesNothing: Rule = (file) =>
  file.path.endsWith(".ts") && !file.path.startsWith("scripts/tidy/")
    ? linesThat(file, /@ts-(?:ignore|nocheck|expect-error)|(?:eslint|oxlint)-disable/, "code that passes the check")
    : []

/** A workflow names foreign actions by commit: a tag can be moved to other code. */
export const pinsActions: Rule = (file) =>
  file.path.startsWith(".github/workflows/")
    ? linesThat(file, /\buses: (?!\.\/)(?!\S+@[0-9a-f]{40} )/, "the commit of the action, its version as a comment")
    : []
