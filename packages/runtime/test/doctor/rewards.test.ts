import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { readdirSync } from "node:fs"
import { loadSettings } from "../../src/config/loadSettings.ts"
import type { Environment } from "../../src/config/Variable.ts"
import { examineRewards } from "../../src/doctor/rewards.ts"
import { configFolders } from "../config/configFolder.ts"
import { digits, dryRun, live } from "../rewards/environments.ts"

const makeFolder = configFolders()

const examine = (environment: Environment, files: Readonly<Record<string, string>> = {}) =>
  Effect.gen(function*() {
    const dataDir = makeFolder({})
    const settings = yield* loadSettings({
      PURSER_CONFIG_FOLDER: makeFolder(files),
      PURSER_DATA_DIR: dataDir,
      ...environment
    })
    const findings = yield* examineRewards(settings)
    return { lines: findings.map(({ check, detail, state }) => `${state} ${check}: ${detail}`), dataDir }
  })

describe("RW-18 the examination of rewards", () => {
  it.effect("tells the plan of a sandbox, and makes its secrets", () =>
    Effect.gen(function*() {
      const { dataDir, lines } = yield* examine({})
      assert.deepStrictEqual(lines, [
        "ok rewards: sandbox: play providers, play money",
        "ok rewards earning: 2.1 BAN a kill, read every 1 min, settled every 20 min, all players at once",
        "ok rewards caps: payouts: 1 a day, 3 a week, by midnight in UTC",
        "ok rewards wallet: 50 BAN stay, at most 2000 BAN an hour and 20000 BAN a day; a changed address counts after 24 h",
        "ok rewards verification: renewed every 360 min, good for 24 h",
        "ok admins: 0 by Discord id",
        "ok public address: that of the public listener",
        "ok product: Purser Rewards by Purser, en",
        "ok session secret: in the data directory",
        "ok second factor keys: in the data directory"
      ])
      assert.deepStrictEqual(readdirSync(dataDir).toSorted(), ["session.key", "totp.key"])
    }))

  it.effect("says that there is none, and no more", () =>
    Effect.gen(function*() {
      const { dataDir, lines } = yield* examine({ PURSER_REWARDS_MODE: "off" })
      assert.deepStrictEqual(lines, ["ok rewards: off: there is none"])
      assert.deepStrictEqual(readdirSync(dataDir), [])
    }))

  it.effect("tells of a dry run whom it asks, and what is odd", () =>
    Effect.gen(function*() {
      const { lines } = yield* examine(dryRun, { "payout.yaml": "payout:\n  settlement_seed: 1\n" })
      assert.match(lines[0] ?? "", /^ok settings files: .*payout\.yaml$/u)
      assert.includeMembers(lines, [
        "ok rewards: dry_run: real providers, nothing is broadcast",
        "warning rewards order: the same in every settlement: leave PURSER_SETTLEMENT_SEED out to draw lots",
        "warning admins: nobody: set PURSER_ADMIN_DISCORD_IDS",
        "ok discord: server 223456789012345678, https://discord.com/api/v10",
        "ok fortnite: https://fortnite-api.com, at most 180 a minute and 3 a second",
        "ok banano node: none",
        "ok operator account: no seed, and none is needed in mode dry_run"
      ])
    }))

  it.effect("tells of a live one whose account pays, and no secret", () =>
    Effect.gen(function*() {
      const { dataDir, lines } = yield* examine(live)
      assert.include(lines, "ok rewards: live: real providers, real money")
      assert.include(lines, "ok session secret: set")
      const text = lines.join("\n")
      assert.match(text, /^ok operator account: ban_[13][a-z0-9]{59}$/mu)
      for (const  of of["seed", "sealing", "session", "totp"]) assert.notInclude(text, digits(of))
      assert.notMatch(text, /words/u)
      assert.deepStrictEqual(readdirSync(dataDir), [])
    }))
})
