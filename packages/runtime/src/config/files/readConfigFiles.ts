/** Reads the files of settings from the folder that the environment names. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { existsSync, readFileSync, statSync } from "node:fs"
import { join, resolve } from "node:path"
import { configFiles, type Environment, type Place, type Variable } from "../Variable.ts"
import { type ConfigFiles, noConfigFiles } from "./ConfigFiles.ts"
import { type Findings, findSettings } from "./findSettings.ts"

const usualFolder = "config"
const maximumBytes = 65_536

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

/** The text of a file; null when there is none. */
const textOf = (path: string): Result.Result<string | null, string> => {
  try {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats === undefined) return Result.succeed(null)
    // A device or a pipe has no end, whatever its size says.
    if (!stats.isFile()) return Result.fail("expected a file")
    if (stats.size > maximumBytes) return Result.fail("expected at most 64 KiB")
    return Result.succeed(new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path)))
  } catch (cause) {
    return Result.fail(cause instanceof TypeError ? "expected UTF-8" : "cannot be read")
  }
}

type Variables = ReadonlyArray<Variable<unknown>>

/** Loaded only where there is a file. */
const findIn = (file: Place["file"], text: string, variables: Variables): Effect.Effect<Findings> =>
  Effect.map(Effect.promise(() => import("./readTree.ts")), ({ readTree }) =>
    Result.match(readTree(text), {
      onFailure: ({ line, problem }) => ({ found: [], refusals: [{ name: `${file}.yaml:${line}`, problem }] }),
      onSuccess: (tree) => findSettings(file, tree, variables)
    }))

const readOne = (folder: string, file: Place["file"], variables: Variables): Effect.Effect<ConfigFiles> => {
  const path = join(folder, `${file}.yaml`)
  const refused = (ending: string, problem: string): ConfigFiles => ({
    ...noConfigFiles,
    refusals: [{ name: `${file}.${ending}`, problem }]
  })
  return Result.match(textOf(path), {
    onFailure: (problem) => Effect.succeed(refused("yaml", problem)),
    onSuccess: (text) => {
      if (text !== null) {
        return Effect.map(findIn(file, text, variables), ({ found, refusals }) => ({
          texts: new Map(found.map(({ name, ...rest }) => [name, rest])),
          refusals,
          paths: [path]
        }))
      }
      return Effect.succeed(
        existsSync(join(folder, `${file}.yml`)) ? refused("yml", "the file has to end in .yaml") : noConfigFiles
      )
    }
  })
}

/**
 * What stands in the three files about `variables`, and everything that is wrong there. A folder that is named has to
 * exist, the usual one (`config`) need not; no file has to.
 */
export const readConfigFiles = (
  environment: Environment,
  folderVariable: string,
  variables: Variables
): Effect.Effect<ConfigFiles> =>
  Effect.suspend(() => {
    const named = (environment[folderVariable] ?? "").trim()
    const folder = resolve(named || usualFolder)
    if (!isFolder(folder)) {
      return Effect.succeed(
        named === ""
          ? noConfigFiles
          : { ...noConfigFiles, refusals: [{ name: folderVariable, problem: "no such folder" }] }
      )
    }
    return Effect.map(Effect.forEach(configFiles, (file) => readOne(folder, file, variables)), (read) => ({
      texts: new Map(read.flatMap(({ texts }) => [...texts])),
      refusals: read.flatMap(({ refusals }) => refusals),
      paths: read.flatMap(({ paths }) => paths)
    }))
  })
