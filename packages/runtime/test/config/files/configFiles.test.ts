import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { loadSettings } from "../../../src/config/loadSettings.ts"
import { decode } from "../../../src/config/Settings.ts"
import type { Environment, Variable } from "../../../src/config/Variable.ts"
import { variables } from "../../../src/config/variables.ts"
import { configFolders } from "../configFolder.ts"

const makeFolder = configFolders()

const load = (files: Readonly<Record<string, string | Uint8Array>>, environment: Environment = {}) =>
  loadSettings({ PURSER_CONFIG_FOLDER: makeFolder(files), ...environment })

const problemsOf = (files: Readonly<Record<string, string | Uint8Array>>, environment: Environment = {}) =>
  Effect.map(
    Effect.flip(load(files, environment)),
    ({ refusals }) => refusals.map(({ name, problem }) => `${name}: ${problem}`)
  )

describe("RW-18 settings in files", () => {
  it.effect("are read from three files", () =>
    Effect.gen(function*() {
      const { configFiles, rewards } = yield* load({
        "payout.yaml": "payout:\n  ban_per_kill: 0.05\n  cap_unit: kills\n  daily_cap: 150\n",
        "integrations.yaml": "admin:\n  discord_ids: [123456789012345678, \"223456789012345678\"]\n",
        "product.yaml":
          "product:\n  app_name: Kills for Bananas\n  feature_flags:\n    leaderboard: true\n    feed: false\n"
      })
      assert.strictEqual(rewards.plan.config.rateMinor, 5_000_000n)
      assert.deepStrictEqual(rewards.plan.config.caps, { unit: "kills", perDay: 150, perWeek: 3 })
      assert.deepStrictEqual([...rewards.access.adminIds] as Array<string>, [
        "123456789012345678",
        "223456789012345678"
      ])
      assert.strictEqual(rewards.product.appName, "Kills for Bananas")
      assert.deepStrictEqual(rewards.product.featureFlags, { leaderboard: true, feed: false })
      assert.strictEqual(configFiles.length, 3)
    }))

  it.effect("need no file", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual((yield* load({})).rewards, Result.getOrThrow(decode({})).rewards)
    }))

  it.effect("give way to the environment, unless it is empty", () =>
    Effect.gen(function*() {
      const files = { "payout.yaml": "payout:\n  daily_cap: 2\n  weekly_cap: 5\n" }
      const { rewards } = yield* load(files, { PURSER_DAILY_CAP: "7", PURSER_WEEKLY_CAP: " " })
      assert.deepStrictEqual(rewards.plan.config.caps, { unit: "payouts", perDay: 7, perWeek: 5 })
    }))

  it.effect("are checked in a file even where the environment wins", () =>
    Effect.gen(function*() {
      const files = { "payout.yaml": "payout:\n  daily_cap: many\n" }
      assert.deepStrictEqual(yield* problemsOf(files, { PURSER_DAILY_CAP: "7" }), [
        "payout.yaml:2 payout.daily_cap: expected a whole number from 0 to 1000000"
      ])
    }))

  it.effect.each<readonly [string, string, ReadonlyArray<string>]>([
    ["an unknown key", "payout:\n  dayly_cap: 1\n", ["payout.yaml:2 payout.dayly_cap: no such setting"]],
    ["an unknown section", "# caps\npayouts:\n  daily_cap: 1\n", ["payout.yaml:2 payouts: no such setting"]],
    ["a key of another file", "product:\n  app_name: x\n", ["payout.yaml:1 product: no such setting"]],
    ["a key twice", "payout:\n  daily_cap: 1\n  daily_cap: 2\n", ["payout.yaml:3 payout.daily_cap: given twice"]],
    ["a section twice", "payout:\n  daily_cap: 1\npayout:\n  weekly_cap: 2\n", ["payout.yaml:3 payout: given twice"]],
    ["a value out of bounds", "payout:\n  settlement_minutes: 0\n", [
      "payout.yaml:2 payout.settlement_minutes: expected a whole number from 1 to 1440"
    ]],
    ["a number in quotes", "payout:\n  daily_cap: \"1\"\n", [
      "payout.yaml:2 payout.daily_cap: expected it without quotes"
    ]],
    ["a list for a value", "payout:\n  daily_cap: [1]\n", ["payout.yaml:2 payout.daily_cap: expected one value"]],
    ["keys for a value", "payout:\n  daily_cap:\n    most: 1\n", [
      "payout.yaml:2 payout.daily_cap: expected one value"
    ]],
    ["a value for keys", "payout: 1\n", ["payout.yaml:1 payout: expected keys with values"]],
    ["a list of everything", "- payout\n", ["payout.yaml:1: expected keys with values"]],
    ["nothing written out", "payout:\n  settlement_seed: null\n", [
      "payout.yaml:2 payout.settlement_seed: leave the key out where there is no value"
    ]],
    ["a flag for a text", "payout:\n  mode: false\n", ["payout.yaml:2 payout.mode: expected text: put it in quotes"]],
    ["a place for a variable", "payout:\n  reset_tz: ${TZ}\n", [
      "payout.yaml:2 payout.reset_tz: nothing is filled in here: set the variable itself"
    ]],
    ["a zone that is none", "payout:\n  reset_tz: Mars/Olympus\n", [
      "payout.yaml:2 payout.reset_tz: expected a zone of the IANA database such as Europe/Berlin"
    ]],
    ["an offset for a zone", "payout:\n  reset_tz: \"+02:00\"\n", [
      "payout.yaml:2 payout.reset_tz: expected a zone of the IANA database such as Europe/Berlin"
    ]],
    ["a rate too fine", "payout:\n  ban_per_kill: 0.000000001\n", [
      "payout.yaml:2 payout.ban_per_kill: expected an amount of BAN from 0 to 1000 with up to 8 decimals"
    ]],
    ["a rate in powers of ten", "payout:\n  ban_per_kill: 2e1\n", [
      "payout.yaml:2 payout.ban_per_kill: expected an amount of BAN from 0 to 1000 with up to 8 decimals"
    ]],
    ["no YAML", "payout:\n  daily_cap: [1\nx: 1", ["payout.yaml:3: not YAML (BAD_INDENT)"]],
    ["everything at once", "payout:\n  daily_cap: x\n  weekly: 3\nwallet:\n  cool_down_hours: -1\n", [
      "payout.yaml:2 payout.daily_cap: expected a whole number from 0 to 1000000",
      "payout.yaml:3 payout.weekly: no such setting",
      "payout.yaml:5 wallet.cool_down_hours: expected a whole number from 0 to 720"
    ]]
  ])("refuse %s by file, line and path", ([, text, problems]) =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* problemsOf({ "payout.yaml": text }), problems)
    }))

  it.effect("are refused together, from all files and the environment", () =>
    Effect.gen(function*() {
      const files = {
        "payout.yaml": "payout:\n  daily_cap: x\n",
        "integrations.yaml": "discord:\n  guild_id: 12\n",
        "product.yaml": "product:\n  banner_url: javascript:alert(1)\n"
      }
      const environment = { PURSER_HTTP: "x", PURSER_TOTP_KEYS_FILE: "/dev/null/nowhere" }
      assert.deepStrictEqual(yield* problemsOf(files, environment), [
        "PURSER_TOTP_KEYS_FILE: the file cannot be read",
        "payout.yaml:2 payout.daily_cap: expected a whole number from 0 to 1000000",
        "integrations.yaml:2 discord.guild_id: expected an id of Discord: 17 to 20 digits",
        "product.yaml:2 product.banner_url: expected an https address or a path such as /banner.png, of at most 500 characters",
        "PURSER_HTTP: expected host:port or unix:/path"
      ])
    }))

  it.effect("tell the line of what contradicts another setting", () =>
    Effect.gen(function*() {
      const files = { "payout.yaml": "wallet:\n  hourly_ceiling_ban: 30000\n" }
      assert.deepStrictEqual(yield* problemsOf(files), [
        "payout.yaml:2 wallet.hourly_ceiling_ban: must not be above PURSER_DAILY_CEILING_BAN"
      ])
    }))

  it.effect("tell the line of a bad item", () =>
    Effect.gen(function*() {
      const files = { "integrations.yaml": "admin:\n  discord_ids:\n    - 123456789012345678\n    - 99\n    - 1,2\n" }
      assert.deepStrictEqual(yield* problemsOf(files), [
        "integrations.yaml:4 admin.discord_ids[1]: expected an id of Discord: 17 to 20 digits",
        "integrations.yaml:5 admin.discord_ids[2]: no comma within an item"
      ])
    }))

  const secrets = Object.values(variables).filter(({ place, secret }: Variable<unknown>) => secret && place !== null)

  it.effect.each(secrets.map((variable) => [variable.name, variable] as const))(
    "refuse the secret %s",
    ([name, { place }]) =>
      Effect.gen(function*() {
        const [section = "", key = ""] = place?.path.split(".") ?? []
        const [problem = "", ...others] = yield* problemsOf({
          [`${place?.file}.yaml`]: `${section}:\n  ${key}: hush-${"0f".repeat(32)}\n`
        })
        assert.deepStrictEqual(others, [])
        assert.strictEqual(
          problem,
          `${place?.file}.yaml:2 ${place?.path}: a secret does not stand in a file: give ${name} or ${name}_FILE`
        )
      })
  )

  it("keep secrets of the rewards program out of files, all of them", () => {
    assert.strictEqual(secrets.length, 9)
  })

  it.effect("never quote a value", () =>
    Effect.gen(function*() {
      const problems = yield* problemsOf({
        "payout.yaml": "payout:\n  mode: hush\n  ban_per_kill: hush\n  daily_cap: hush\n  reset_tz: hush hush\n",
        "integrations.yaml":
          "banano:\n  node_rpc: https://u:hush@node.example.com\n  representative: hush\ndiscord:\n  guild_id: hush\n",
        "product.yaml": "product:\n  default_locale: hush\n  feature_flags:\n    x: hush\n"
      })
      assert.strictEqual(problems.length, 9)
      assert.notInclude(problems.join("\n"), "hush")
    }))

  it.effect("show a strange key without its strangeness", () =>
    Effect.gen(function*() {
      const [problem = ""] = yield* problemsOf({ "payout.yaml": `"pay\\e[2J${"x".repeat(500)}": 1\n` })
      assert.match(problem, /^payout\.yaml:1 pay\?\[2Jx{1,100}: no such setting$/u)
    }))

  it.effect("stop at 64 KiB", () =>
    Effect.gen(function*() {
      const most = "#".repeat(65_535) + "\n"
      yield* load({ "payout.yaml": most })
      assert.deepStrictEqual(yield* problemsOf({ "payout.yaml": `${most}\n` }), [
        "payout.yaml: expected at most 64 KiB"
      ])
    }))

  it.effect("are UTF-8", () =>
    Effect.gen(function*() {
      const latin = Uint8Array.from([...Buffer.from("product:\n  app_name: K"), 0xe4, 0x66, 0x0a])
      assert.deepStrictEqual(yield* problemsOf({ "product.yaml": latin }), ["product.yaml: expected UTF-8"])
    }))

  it.effect("come from files that end in .yaml", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* problemsOf({ "payout.yml": "" }), ["payout.yml: the file has to end in .yaml"])
    }))

  it.effect("come from files, not from folders", () =>
    Effect.gen(function*() {
      const folder = makeFolder({})
      mkdirSync(join(folder, "payout.yaml"))
      const { message } = yield* Effect.flip(loadSettings({ PURSER_CONFIG_FOLDER: folder }))
      assert.strictEqual(message, "payout.yaml: expected a file")
    }))

  it.effect("come from a folder that is there once it is named", () =>
    Effect.gen(function*() {
      const { message } = yield* Effect.flip(loadSettings({ PURSER_CONFIG_FOLDER: join(makeFolder({}), "absent") }))
      assert.strictEqual(message, "PURSER_CONFIG_FOLDER: no such folder")
    }))
})

const isOn = (files: Readonly<Record<string, string>>, environment: Environment) =>
  Effect.match(load(files, environment), {
    onFailure: ({ refusals }) => refusals.length === 1 ? "refused" : "refused otherwise",
    onSuccess: ({ rewards }) => rewards.product.featureFlags["x"] ?? null
  })

describe("RW-18 a flag", () => {
  it.effect.each(["true", "false", "True", "TRUE", "yes", "on", "1", "0", "no", "t", "truee", "null", "''"])(
    "means the same in a file and in the environment: %s",
    (word) =>
      Effect.gen(function*() {
        const inFile = yield* isOn({ "product.yaml": `product:\n  feature_flags:\n    x: ${word}\n` }, {})
        const inEnvironment = yield* isOn({}, { PURSER_FEATURE_FLAGS: `x=${word}` })
        assert.strictEqual(inFile, inEnvironment)
        assert.strictEqual(inFile, word === "true" ? true : word === "false" ? false : "refused")
      })
  )

  it.effect.each<readonly [string, string]>([
    ["dry_run_banner=true", "dry_run_banner follows from PURSER_REWARDS_MODE"],
    ["a=true,a=false", "every flag once"],
    ["A=true", "expected at most 32 flags, named in lower case"],
    [
      Array.from({ length: 33 }, (_, index) => `f${index}=true`).join(","),
      "expected at most 32 flags, named in lower case"
    ]
  ])("has a name of its own: %s", ([text, problem]) =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* problemsOf({}, { PURSER_FEATURE_FLAGS: text }), [
        `PURSER_FEATURE_FLAGS: ${problem}`
      ])
    }))
})
