import { assert, describe, it } from "@effect/vitest"
import { afterAll, beforeAll, inject } from "vitest"
import { freshPostgres } from "../../../../scripts/testing/database.ts"
import { run } from "./program.ts"

const database: { url: string; drop: () => Promise<void> } = { url: "", drop: async () => {} }
beforeAll(async () => Object.assign(database, await freshPostgres(inject("postgresUrl"))))
afterAll(() => database.drop())

const simulate = (...words: ReadonlyArray<string>) => run(["simulate", ...words])

describe("PF-12 LG-16 simulations on the command line", () => {
  it("give the same transcript for the same seed on every store", async () => {
    const { code, stderr, stdout } = await simulate(
      "--seed",
      "3",
      "--steps",
      "15",
      "--store",
      "all",
      "--database-url",
      database.url,
      "--json"
    )
    assert.strictEqual(code, 0, stderr)
    const ran = JSON.parse(stdout) as ReadonlyArray<{ store: string; digest: string; sound: boolean; seed: number }>
    assert.deepStrictEqual(ran.map(({ store }) => store), ["memory", "sqlite", "postgres"])
    assert.strictEqual(new Set(ran.map(({ digest }) => digest)).size, 1)
    assert.isTrue(ran.every(({ seed, sound }) => sound && seed === 3))
  })

  it("print the seed, and on request what happened", async () => {
    const { code, stdout } = await simulate("--seed", "11", "--seeds", "2", "--only", "2,0,1", "--log")
    assert.strictEqual(code, 0)
    assert.match(
      stdout,
      /^seed 11 on memory: as predicted, \d+ calls, \d+ faults, \d+ transfers, digest [0-9a-f]{16}$/mu
    )
    assert.match(stdout, /^seed 12 on memory: as predicted/mu)
    assert.match(stdout, /^2 at \d+ process \d/mu)
    assert.notMatch(stdout, /^3 at /mu)
  })

  it("take an empty database only", async () => {
    const used = await freshPostgres(inject("postgresUrl"))
    try {
      const migrated = await run(["migrate"], { PURSER_DATABASE_URL: used.url })
      assert.strictEqual(migrated.code, 0, migrated.stderr)
      const { code, stderr } = await simulate("--store", "postgres", "--database-url", used.url)
      assert.strictEqual(code, 1)
      assert.include(stderr, "the database has tables in it")
    } finally {
      await used.drop()
    }
  })

  it.each([
    ["no database", ["--store", "postgres"], "--database-url: name an empty PostgreSQL database"],
    ["another kind of address", ["--store", "all", "--database-url", "books.db"], "begins with postgres://"],
    [
      "a database that is away",
      ["--store", "postgres", "--database-url", "postgres://a:b@127.0.0.1:9/x"],
      "Unreachable"
    ],
    ["no steps", ["--only", "a"], "--only: expected steps such as 3,17,20"]
  ])("refuse %s", async (_, words, message) => {
    const { code, stderr } = await simulate(...words)
    assert.strictEqual(code, 1)
    assert.include(stderr, message)
  })
})
