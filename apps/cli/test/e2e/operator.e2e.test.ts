/** Does as an operator what needs no running server: limits of payouts, the kill switch, and the seed. */
import { assert, describe, it } from "@effect/vitest"
import { AuditLog } from "@purser/domain/audit"
import { openSeed, signerOf } from "@purser/integrations/banano"
import { Database, Stores } from "@purser/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { join } from "node:path"
import { afterAll, beforeAll } from "vitest"
import { temporaryFolder } from "./installation.ts"
import { type Environment, pipe, run } from "./program.ts"

const folder = temporaryFolder()
afterAll(folder.remove)
const environment: Environment = { PURSER_DATA_DIR: join(folder.path, "data"), PURSER_REWARDS_MODE: "sandbox" }
beforeAll(async () => {
  assert.strictEqual((await run(["migrate"], environment)).code, 0)
}, 120_000)

/** Each test runs several processes. */
const patienceMillis = 240_000

/** What a command says on its way to success. */
const done = async (...words: ReadonlyArray<string>): Promise<string> => {
  const { code, stderr, stdout } = await run(words, environment)
  assert.strictEqual(code, 0, `${words.join(" ")}\n${stderr}`)
  return stdout
}

const deeds = () =>
  Effect.runPromise(
    AuditLog.use(({ list }) => list({ actor: "operator", limit: 100 })).pipe(
      Effect.provide(
        Stores.layer.pipe(
          Layer.provide(Database.layerSqlite({ path: join(environment["PURSER_DATA_DIR"]!, "purser.sqlite") }))
        )
      )
    )
  )

describe("RW-9 RW-17 limits of payouts on the command line", { timeout: patienceMillis }, () => {
  it("change what is given, and are on record with before and after", async () => {
    assert.match(await done("payouts", "config"), /^ban-per-kill +2\.1 BAN$/mu)
    const changed = await done("payouts", "config", "set", "--ban-per-kill", "2.5", "--daily-cap", "4")
    assert.match(changed, /^ban-per-kill +2\.1 BAN → 2\.5 BAN$/mu)
    assert.match(changed, /^daily-cap +1 a player → 4 a player$/mu)
    const { config, version } = JSON.parse(await done("payouts", "config", "--json"))
    assert.strictEqual(version, 1)
    assert.deepInclude(config, { ban_per_kill: "2.5", floor_ban: "50", kill_switch: false })
    assert.deepStrictEqual(config.caps, { unit: "payouts", per_day: 4, per_week: 3 })

    await done("payouts", "halt")
    assert.match(await done("payouts", "stats"), /^signing +HALTED/mu)
    assert.match(await done("payouts", "config", "set", "--floor", "50"), /^nothing changed; still version 2$/mu)
    await done("payouts", "resume")
    const [resumed, halted, change] = (await deeds()).map(({ entry }) => entry)
    assert.deepStrictEqual(resumed?.details, { killSwitch: "true → false", version: "3" })
    assert.strictEqual(halted?.action, "payouts.halt")
    assert.strictEqual(change?.action, "payout_config.change")
    assert.deepInclude(change?.details, { rateMinor: "210000000 → 250000000" })
  })

  it.each([
    ["nothing", [], "nothing to change"],
    ["digits too many", ["--ban-per-kill", "2.123456789"], "--ban-per-kill: TooPrecise"],
    ["too high a cap", ["--weekly-cap", "1000001"], "--weekly-cap: expected 0 to 1,000,000"],
    ["an hour above the day", ["--hourly-ceiling", "99999999"], "must not be above the daily ceiling"],
    ["another version", ["--floor", "60", "--if-version", "77"], "Look at it with purser payouts config"]
  ])("refuse %s", async (_, words, message) => {
    const { code, stderr } = await run(["payouts", "config", "set", ...words], environment)
    assert.strictEqual(code, 1)
    assert.include(stderr, message)
  })
})

describe("RW-4 RW-10 RW-15 PF-11 commands of the faucet", { timeout: patienceMillis }, () => {
  it.each([["payouts"], ["review"], ["rewards"], ["sandbox"]])("explain %s", async (...words) => {
    const { code, stdout } = await run([...words, "--help"])
    assert.strictEqual(code, 0)
    assert.include(stdout, "SUBCOMMANDS")
  })

  it.each([
    ["a payout", ["payouts", "retry", "nope"], "purser payouts list shows the ids"],
    ["a player", ["rewards", "erase", "nobody", "--yes"], "there is no such player"],
    ["a Discord id", ["rewards", "reverify", "ada"], "ada is not a Discord id"],
    ["a place", ["payouts", "list", "--after", "n o"], "--after: expected the id of a payout"],
    ["a sign", ["review", "clear", "0".repeat(64), "--note", "why"], "purser review list --all shows the keys"],
    ["an amount", ["sandbox", "banano", "fund", "much"], "amount: no amount of BAN: NotDecimal"],
    ["a block", ["sandbox", "banano", "confirm", "00"], "block: expected 64 hexadecimal digits"]
  ])("say that there is no such thing as %s given", async (_, words, message) => {
    const { code, stderr } = await run(words, environment)
    assert.strictEqual(code, 1)
    assert.include(stderr, message)
  })

  it.each(
    [
      [
        "the sandbox does not run",
        { PURSER_SANDBOX_FORTNITE: "127.0.0.1:19" },
        ["sandbox", "kills", "ada", "1"],
        1,
        "Is purser serve running"
      ],
      [
        "its port is not known",
        { PURSER_SANDBOX_YUNITE: "127.0.0.1:0" },
        ["sandbox", "unlink", "80351110224678912"],
        1,
        "PURSER_SANDBOX_YUNITE takes any free port"
      ],
      [
        "nobody runs jobs",
        {},
        ["rewards", "run", "settlement", "--patience", "1"],
        3,
        "is purser serve, or a worker, running"
      ],
      ["the program is off", { PURSER_REWARDS_MODE: "off" }, ["rewards", "status"], 1, "PURSER_REWARDS_MODE says so"],
      [
        "nothing was migrated",
        { PURSER_DATA_DIR: join(folder.path, "none") },
        ["review", "list"],
        1,
        "run purser migrate"
      ]
    ] as const
  )("say what to do when %s", async (...[, more, words, expected, message]) => {
    const { code, stderr } = await run(words, { ...environment, ...more })
    assert.strictEqual(code, expected, stderr)
    assert.include(stderr, message)
  })

  it("show a program that nobody uses yet", async () => {
    assert.strictEqual(await done("payouts", "list"), "no payouts\n")
    assert.strictEqual(await done("review", "list"), "nothing to review\n")
    assert.match(await done("rewards", "status"), /^accrual +never ran$/mu)
  })
})

describe("RW-12 the seed on the command line", { timeout: patienceMillis }, () => {
  const key = "0123456789abcdef".repeat(4)
  const keys = { PURSER_BANANO_SEALING_KEYS: `k1:${key}` }
  const opened = (sealed: string) =>
    Redacted.value(
      Result.getOrThrow(
        openSeed(sealed, [{ id: "k1", secret: Redacted.make(Uint8Array.from(Buffer.from(key, "hex"))) }])
      )
    )

  it("is read from standard input, and printed but sealed", async () => {
    const seed = "AB".repeat(32)
    const { code, stderr, stdout } = await pipe(`${seed}\n`, ["rewards", "seal-seed", "--json"], keys)
    assert.strictEqual(code, 0, stderr)
    assert.notInclude((stdout + stderr).toLowerCase(), seed.toLowerCase())
    const { address, key_id, sealed } = JSON.parse(stdout)
    assert.strictEqual(opened(sealed), seed.toLowerCase())
    assert.strictEqual(address, Result.getOrThrow(signerOf(Redacted.make(seed))).address)
    assert.strictEqual(key_id, "k1")
  })

  it("is made anew each time", async () => {
    const words = ["rewards", "seal-seed", "--new", "--json"]
    const [one, other] = [await run(words, keys), await run(words, keys)].map(({ stdout }) => JSON.parse(stdout))
    assert.notStrictEqual(opened(one.sealed), opened(other.sealed))
    assert.match(one.address, /^ban_[13][13-9a-km-uw-z]{59}$/u)
  })

  it.each(
    [
      ["no key", "0".repeat(64), {}, "PURSER_BANANO_SEALING_KEYS: not set"],
      [
        "half a key",
        "0".repeat(64),
        { PURSER_BANANO_SEALING_KEYS: "k1:00" },
        "PURSER_BANANO_SEALING_KEYS: expected id:hex"
      ],
      ["half a seed", "0".repeat(63), keys, "a seed has 64 hexadecimal digits"]
    ] as const
  )("is refused with %s", async (...[, seed, given, message]) => {
    const { code, stderr, stdout } = await pipe(seed, ["rewards", "seal-seed"], given)
    assert.strictEqual(code, 1)
    assert.strictEqual(stdout, "")
    assert.include(stderr, message)
  })
})
