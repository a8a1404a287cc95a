import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { readConfigFiles } from "../../../src/config/files/readConfigFiles.ts"
import { loadSettings } from "../../../src/config/loadSettings.ts"
import { decode } from "../../../src/config/Settings.ts"
import { configFiles, type Variable } from "../../../src/config/Variable.ts"
import { variables } from "../../../src/config/variables.ts"
import { configFolders } from "../configFolder.ts"

const samples = join(import.meta.dirname, "../../../../../config")
const textOf = (file: string) => readFileSync(join(samples, `${file}.yaml`), "utf8")
const all: ReadonlyArray<Variable<unknown>> = Object.values(variables)
const makeFolder = configFolders()

/** With every key that is commented out put in place. */
const uncommented = Object.fromEntries(
  configFiles.map((file) => [`${file}.yaml`, textOf(file).replaceAll(/^( +)# (\w+: .*)$/gmu, "$1$2")])
)

describe("RW-18 sample files", () => {
  it.effect("say what holds without them", () =>
    Effect.gen(function*() {
      const { configFiles: paths, rewards } = yield* loadSettings({ PURSER_CONFIG_FOLDER: samples })
      assert.deepStrictEqual(rewards, Result.getOrThrow(decode({})).rewards)
      assert.strictEqual(paths.length, configFiles.length)
    }))

  it.effect("show every setting that can stand in a file, with a value that can be read", () =>
    Effect.gen(function*() {
      const environment = { PURSER_CONFIG_FOLDER: makeFolder(uncommented) }
      const { refusals, texts } = yield* readConfigFiles(environment, "PURSER_CONFIG_FOLDER", all)
      assert.deepStrictEqual(refusals, [])
      assert.sameMembers(
        [...texts.keys()],
        all.filter(({ place, secret }) => place !== null && !secret).map(({ name }) => name)
      )
    }))

  it("name the variable of every secret", () => {
    for (const { name, place, secret } of all) {
      if (secret && place !== null) assert.include(textOf(place.file), name)
    }
  })
})
