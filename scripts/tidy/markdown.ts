/** Keeps the documents whole: one title each, and links that lead somewhere. */
import { posix } from "node:path"
import type { Finding, Rule, SourceFile } from "./SourceFile.ts"

const isMarkdown = (file: SourceFile): boolean => file.path.endsWith(".md") && !file.path.startsWith(".")

const withoutFences = (lines: ReadonlyArray<string>): ReadonlyArray<string> => {
  let fenced = false
  return lines.map((line) => {
    const fence = /^\s*(?:```|~~~)/.test(line)
    if (fence) fenced = !fenced
    return fence || fenced ? "" : line
  })
}

/** A document has one title. */
export const hasOneTitle: Rule = (file) => {
  if (!isMarkdown(file)) return []
  const titles = withoutFences(file.lines).filter((line) => line.startsWith("# ")).length
  return titles === 1 ? [] : [{ path: file.path, line: 1, wanted: `one title, not ${titles}` }]
}

const targets = (line: string): ReadonlyArray<string> =>
  [...line.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!).filter((target) => !/^(?:\w+:|#)/.test(target))

/** Links to files of the project lead to files, or to folders that hold some. */
export const linksLead = (files: ReadonlyArray<SourceFile>): ReadonlyArray<Finding> => {
  const paths = files.map((file) => file.path)
  const exists = (path: string) =>
    paths.some((known) => known === path || known.startsWith(`${path.replace(/\/$/, "")}/`))
  return files.filter(isMarkdown).flatMap((file) =>
    withoutFences(file.lines).flatMap((line, index) =>
      targets(line)
        .filter((target) => !exists(posix.join(posix.dirname(file.path), target.replace(/#.*$/, ""))))
        .map((target) => ({ path: file.path, line: index + 1, wanted: `a file behind ${target}` }))
    )
  )
}
