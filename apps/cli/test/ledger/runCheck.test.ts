import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll } from "vitest"
import { run } from "../../src/commands/ledger/log/runCheck.ts"

const folder = mkdtempSync(join(tmpdir(), "purser-check-"))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, text: string | Uint8Array) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const root = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg="
const head = `purser.example/books/main\n8\n${root}\n\n— purser.example/books/main ` +
  "zm5C+oB7FvFpuyqudrUwB3GAT6ZjjDKZSUTZCIl1o4eCmr3dCVVEDA34jxm5q8OBN11XnMKsTEPpNg9QKDBsqvaskw4=\n"
const vkey = "purser.example/books/main+ce6e42fa+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"

const key = file("key", `# books\n\n${vkey}\n`)
const old = file("old", head)
const same = file("same", `old 8\n\n${head}`)
const altered = file("altered", head.replace("\n8\n", "\n7\n"))
const bare = file("bare", `c2sp.org/tlog-proof@v1\nindex 0\n\n${head}`)
const binary = file("binary", Uint8Array.of(0xff))
const hostile = file("hostile", `c2sp.org/tlog-proof@v1\nindex 0\n\na\u001b[2J\n\n— b AAAAAAA=\n`)

const nothing = { proof: undefined, consistency: undefined, old: undefined, key: undefined }
type Given = Partial<Record<keyof typeof nothing, string>>
const check = (given: Given) => {
  const files = { ...nothing, ...given }
  return run({
    proof: Option.fromUndefinedOr(files.proof),
    consistency: Option.fromUndefinedOr(files.consistency),
    old: Option.fromUndefinedOr(files.old),
    key: Option.fromUndefinedOr(files.key),
    json: false
  })
}

const wrong: ReadonlyArray<readonly [Given, string]> = [
  [{ key }, "give --proof with --key, or --consistency with --old and --key"],
  [{ proof: bare, consistency: same, old, key }, "give --proof with --key"],
  [{ proof: bare, old, key }, "give --proof with --key"],
  [{ proof: bare }, "--key FILE is needed"],
  [{ consistency: same, key }, "--old FILE is needed"],
  [{ proof: join(folder, "none"), key }, "none can not be read (ENOENT)"],
  [{ proof: binary, key }, "binary can not be read"],
  [{ proof: bare, key: old }, "TextIsNoKey"],
  [{ proof: bare, key: file("empty", "\n") }, "NOT PROVEN: NotSignedByKnownKey"],
  [{ proof: old, key }, "NOT PROVEN: TextIsNoProof"],
  [{ proof: bare, key }, "NOT PROVEN: RecordIsMissing"],
  [{ proof: hostile, key }, "NOT PROVEN: TextIsNoNote"],
  [{ consistency: same, old: altered, key }, "NOT PROVEN: SignatureInvalid"]
]

describe("LG-9 LG-14 checking a proof by its files", () => {
  it.effect("accepts two heads that are one", () => check({ consistency: same, old, key }))

  it.effect.each(wrong)("says what is wrong with %j", ([given, problem]) =>
    Effect.gen(function*() {
      const { message } = yield* Effect.flip(check(given))
      assert.include(message, problem)
    }))
})
