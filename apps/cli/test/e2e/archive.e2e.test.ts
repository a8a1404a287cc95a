import { assert, describe, it } from "@effect/vitest"
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, inject } from "vitest"
import { createDatabase } from "../../../../scripts/testing/database.ts"
import { temporaryFolder } from "./installation.ts"
import { type Environment, pipe, run } from "./program.ts"

const folder = temporaryFolder()
afterAll(folder.remove)

/** Many processes one after the other. */
const patienceMillis = 240_000

const done = async (environment: Environment, ...words: ReadonlyArray<string>): Promise<string> => {
  const { code, stderr, stdout } = await run(words, environment)
  assert.strictEqual(code, 0, `${words.join(" ")}\n${stderr}`)
  return stdout
}

const empty = async (name: string): Promise<Environment> => {
  const environment = { PURSER_DATA_DIR: join(folder.path, name) }
  await done(environment, "migrate")
  return environment
}

const filled = async (): Promise<Environment> => {
  const environment = await empty("filled")
  await done(environment, "ledger", "open", "cash", "--asset", "EUR", "--side", "debit")
  await done(environment, "ledger", "open", "sales", "--asset", "EUR", "--side", "credit", "--metadata", "team=shop")
  const lines = Array.from({ length: 600 }, (_, index) =>
    JSON.stringify({
      idempotency_key: `line-${index}`,
      kind: index % 50 === 0 ? "hold" : "post",
      debit: "cash",
      credit: "sales",
      amount: `${index}.25 EUR`,
      reason: "archive.line"
    }))
  assert.strictEqual((await pipe(lines.join("\n"), ["ledger", "post", "--file", "-"], environment)).code, 0)
  return environment
}

describe("LG-9 LG-14 ledgers that move", () => {
  it("end with the same root and balances on the other database", async () => {
    const from = await filled()
    const file = join(folder.path, "books.ndjson")
    const exported = await done(from, "ledger", "export", "--out", file)
    assert.match(exported, /^exported 600 transfers on 2 accounts/u)
    assert.strictEqual(statSync(file).mode & 0o777, 0o600)
    assert.isFalse(readdirSync(folder.path).some((name) => name.endsWith(".tmp")))
    assert.strictEqual(await done(from, "ledger", "export"), readFileSync(file, "utf8"))
    const root = /^root +(\S+)$/mu.exec(exported)?.[1]

    const database = await createDatabase(inject("postgresUrl"), "archive")
    try {
      const to = { PURSER_DATABASE_URL: database.url, PURSER_DATA_DIR: join(folder.path, "other") }
      await done(to, "migrate")
      const imported = JSON.parse(await done(to, "ledger", "import", file, "--json"))
      assert.deepStrictEqual(imported, { accounts: "2", transfers: "600", skipped: "0", root })
      const again = await pipe(readFileSync(file, "utf8"), ["ledger", "import", "-"], to)
      assert.include(again.stdout, "600 of which were there already")
      assert.strictEqual(
        await done(to, "ledger", "accounts", "--json"),
        await done(from, "ledger", "accounts", "--json")
      )
      const more =
        `{"id":"00000000-0000-4000-8000-000000000001","debit":"cash","credit":"sales","amount":"1 EUR","reason":"a"}`
      const tried = await pipe(more, ["ledger", "post", "--file", "-", "--dry-run"], to)
      assert.strictEqual(tried.stdout, "line 1: would be posted 1.00 EUR, debit cash, credit sales\n")
      assert.strictEqual(await done(to, "ledger", "verify"), "sound: 600 transfers on 2 accounts\n")
    } finally {
      await database.drop()
    }

    const text = readFileSync(file, "utf8")
    const elsewhere = await empty("elsewhere")
    const refused = async (content: string, message: string): Promise<void> => {
      const path = join(folder.path, "refused.ndjson")
      writeFileSync(path, content)
      const { code, stderr } = await run(["ledger", "import", path], elsewhere)
      assert.strictEqual(code, 1)
      assert.include(stderr, message)
    }
    await refused(text.replace("\"amount_minor\":\"125\"", "\"amount_minor\":\"126\""), "RootDiffers")
    await refused("{}\n", "VersionUnknown at line 1")
    await refused(text.slice(0, -20), "FileIsTruncated")
    assert.include((await run(["ledger", "import", "/nonexistent"], elsewhere)).stderr, "can not be read (ENOENT)")
    const nowhere = await run(["ledger", "export", "--out", join(folder.path, "no", "x")], from)
    assert.include(nowhere.stderr, "can not be written (ENOENT)")
  }, patienceMillis)
})
