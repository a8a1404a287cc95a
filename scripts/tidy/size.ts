/** Keeps files and folders small enough to be read at once. */
import { dirname } from "node:path"
import { type Finding, isShipped, type Rule, type SourceFile } from "./SourceFile.ts"

/** Most lines of code that a source may have; blank lines and comments do not count. */
export const sourceLinesMaximum = 400
/** Most lines of code that a test may have. */
export const testLinesMaximum = 800
/** Most sources that a folder may hold, not counting its folders. */
export const folderFilesMaximum = 16

const isCode = (line: string): boolean => !/^\s*(?:$|\/\/|\/?\*)/.test(line)

/** Files stay within their maximum of code lines. */
export const filesAreShort: Rule = (file) => {
  if (!file.path.endsWith(".ts")) return []
  const maximum = /\/test\//.test(file.path) ? testLinesMaximum : sourceLinesMaximum
  const count = file.lines.filter(isCode).length
  return count > maximum ? [{ path: file.path, line: maximum, wanted: `at most ${maximum} lines of code` }] : []
}

/** Folders of shipped code stay within their maximum of files. */
export const foldersAreSmall = (files: ReadonlyArray<SourceFile>): ReadonlyArray<Finding> => {
  const folders = Map.groupBy(files.filter((file) => isShipped(file.path)), (file) => dirname(file.path))
  return [...folders].filter(([, held]) => held.length > folderFilesMaximum)
    .map(([path]) => ({ path, line: 1, wanted: `at most ${folderFilesMaximum} files, or folders by subject` }))
}
