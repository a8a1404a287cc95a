import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll } from "vitest"
import { failed } from "../src/terminal/CommandFailed.ts"
import { writeWhole } from "../src/terminal/wholeFile.ts"

const folder = mkdtempSync(join(tmpdir(), "purser-whole-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const path = join(folder, "file")

const writing = (text: string) => writeWhole(path, (append) => Effect.andThen(append(text), append("\n")))

describe("LG-14 a file that is written whole", () => {
  it.live("appears with all its text, for its owner alone", () =>
    Effect.gen(function*() {
      yield* writeWhole(path, (append) =>
        Effect.gen(function*() {
          yield* append("one")
          assert.isFalse(existsSync(path))
          yield* append("two")
        }))
      assert.strictEqual(readFileSync(path, "utf8"), "onetwo")
      assert.strictEqual(statSync(path).mode & 0o777, 0o600)
      assert.deepStrictEqual(readdirSync(folder), ["file"])
    }))

  it.live("stays as it was when writing fails or is interrupted", () =>
    Effect.gen(function*() {
      yield* writing("before")
      for (const end of [Effect.fail(failed("no")), Effect.interrupt]) {
        const exit = yield* Effect.exit(writeWhole(path, (append) => Effect.andThen(append("half"), end)))
        assert.isTrue(Exit.isFailure(exit))
        assert.strictEqual(readFileSync(path, "utf8"), "before\n")
        assert.deepStrictEqual(readdirSync(folder), ["file"])
      }
    }))

  it.live("says where it can not be", () =>
    Effect.gen(function*() {
      const nowhere = join(folder, "no", "where")
      const error = yield* Effect.flip(writeWhole(nowhere, () => Effect.void))
      assert.strictEqual(error.message, `${nowhere} can not be written (ENOENT)`)
    }))
})
