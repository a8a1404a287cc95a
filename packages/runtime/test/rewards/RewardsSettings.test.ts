import { assert, describe, it } from "@effect/vitest"
import { CapRules } from "@purser/domain/rewards"
import * as DateTime from "effect/DateTime"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { decode } from "../../src/config/Settings.ts"
import type { Environment } from "../../src/config/Variable.ts"
import { digits, dryRun, live, sealedSeed } from "./environments.ts"

const rewardsOf = (environment: Environment) => Result.getOrThrow(decode(environment)).rewards
const problemsOf = (environment: Environment) =>
  Result.match(decode(environment), {
    onFailure: ({ refusals }) => refusals.map(({ name, problem }) => `${name}: ${problem}`),
    onSuccess: () => []
  })

describe("RW-18 settings of rewards", () => {
  it("play by the published rules with nothing set", () => {
    const { mode, plan, product } = rewardsOf({})
    assert.strictEqual(mode, "sandbox")
    assert.strictEqual(plan.config.rateMinor, 210_000_000n)
    assert.deepStrictEqual(plan.config.caps, CapRules.defaultCaps)
    assert.strictEqual(plan.config.floorMinor, 5_000_000_000n)
    assert.strictEqual(plan.settlementEveryMillis, 1_200_000)
    assert.strictEqual(plan.coolDownMillis, 86_400_000)
    assert.isNull(plan.settlementSeed)
    assert.strictEqual(DateTime.zoneToString(plan.resetZone), "UTC")
    assert.strictEqual(product.defaultLocale, "en")
  })

  it("take each of the plan's", () => {
    const { plan } = rewardsOf({
      PURSER_BAN_PER_KILL: "0.00000001",
      PURSER_CAP_UNIT: "kills",
      PURSER_DAILY_CAP: "150",
      PURSER_WEEKLY_CAP: "750",
      PURSER_RESET_TZ: "America/New_York",
      PURSER_BATCH_SIZE: "25",
      PURSER_SETTLEMENT_SEED: "7",
      PURSER_MIN_OPERATOR_BALANCE_BAN: "12.5",
      PURSER_HOURLY_CEILING_BAN: "1",
      PURSER_DAILY_CEILING_BAN: "2",
      PURSER_WALLET_COOL_DOWN_HOURS: "0",
      PURSER_VERIFICATION_MAX_AGE_HOURS: "2",
      PURSER_VERIFICATION_INTERVAL_MINUTES: "119"
    })
    assert.deepStrictEqual({ ...plan.config }, {
      rateMinor: 1n,
      caps: { unit: "kills", perDay: 150, perWeek: 750 },
      batchSize: 25,
      floorMinor: 1_250_000_000n,
      hourlyCeilingMinor: 100_000_000n,
      dailyCeilingMinor: 200_000_000n,
      killSwitch: false
    })
    assert.strictEqual(DateTime.zoneToString(plan.resetZone), "America/New_York")
    assert.strictEqual(plan.settlementSeed, 7)
    assert.strictEqual(plan.coolDownMillis, 0)
    assert.strictEqual(plan.verificationEveryMillis, 7_140_000)
  })

  it.each<readonly [string, Environment, ReadonlyArray<string>]>([
    ["confirmations that lapse", { PURSER_VERIFICATION_INTERVAL_MINUTES: "1440" }, [
      "PURSER_VERIFICATION_INTERVAL_MINUTES: must be less than PURSER_VERIFICATION_MAX_AGE_HOURS"
    ]],
    ["an hour above the day", { PURSER_HOURLY_CEILING_BAN: "20000.00000001" }, [
      "PURSER_HOURLY_CEILING_BAN: must not be above PURSER_DAILY_CEILING_BAN"
    ]],
    ["a second above the minute", { PURSER_FORTNITE_PER_MINUTE: "2" }, [
      "PURSER_FORTNITE_PER_SECOND: must not be above PURSER_FORTNITE_PER_MINUTE"
    ]],
    ["a rate of nothing", { PURSER_BAN_PER_KILL: "0" }, ["PURSER_BAN_PER_KILL: expected an amount above zero"]],
    ["a rate below nothing", { PURSER_BAN_PER_KILL: "-1" }, [
      "PURSER_BAN_PER_KILL: expected an amount of BAN from 0 to 1000 with up to 8 decimals"
    ]],
    ["an address with a typing error", {
      PURSER_BANANO_REPRESENTATIVE: "ban_1e5aqegc1jb7qe964u4adzmcezyo6o146zb8hm6dft8tkp79za3sxwjym5rz"
    }, ["PURSER_BANANO_REPRESENTATIVE: expected a Banano address (Checksum)"]],
    ["a seed as it is", { PURSER_BANANO_SEED: digits("seed") }, [
      "PURSER_BANANO_SEED: expected a sealed seed: banano-seed-v1:…"
    ]],
    ["a short secret", { PURSER_SESSION_SECRET: "0123456789abcdef0123456789abcde" }, [
      "PURSER_SESSION_SECRET: expected 32 to 1024 characters"
    ]],
    ["a key in an address", { PURSER_BANANO_NODE_RPC: "https://node.purser.gg/?key=hush" }, [
      "PURSER_BANANO_NODE_RPC: expected an address without ? and #"
    ]],
    ["a path behind the public address", { PURSER_PUBLIC_URL: "https://purser.gg/rewards" }, [
      "PURSER_PUBLIC_URL: expected no path behind the host"
    ]],
    [
      "sign-ins in the clear",
      { PURSER_PUBLIC_URL: "http://purser.gg", PURSER_DISCORD_API_URL: "http://10.0.0.5/api" },
      [
        "PURSER_DISCORD_API_URL: expected https, or http on this machine",
        "PURSER_PUBLIC_URL: expected https, or http on this machine"
      ]
    ],
    ["an id beyond 64 bits", { PURSER_ADMIN_DISCORD_IDS: "18446744073709551616" }, [
      "PURSER_ADMIN_DISCORD_IDS: expected an id of Discord: 17 to 20 digits"
    ]],
    ["one key for two purposes", { PURSER_SESSION_SECRET: digits("a"), PURSER_TOTP_KEYS: `x:${digits("a")}` }, [
      "PURSER_TOTP_KEYS: used for PURSER_SESSION_SECRET too: every purpose needs a key of its own"
    ]],
    ["the key of tokens for the seed", {
      PURSER_TOKEN_KEYS: `x:${digits("a")}`,
      PURSER_BANANO_SEALING_KEYS: `y:${digits("b")},x:${digits("a")}`,
      PURSER_REWARDS_MODE: "sandbox"
    }, ["PURSER_BANANO_SEALING_KEYS: used for PURSER_TOKEN_KEYS too: every purpose needs a key of its own"]]
  ])("refuse %s", (_, environment, problems) => {
    assert.deepStrictEqual(problemsOf(environment), problems)
  })

  it("never print a secret", () => {
    const text = JSON.stringify(rewardsOf(live), (_, value: unknown) => typeof value === "bigint" ? `${value}` : value)
    for (const [name, value] of Object.entries(live)) {
      const isSecret = !/URL|RPC|ID$|MODE/u.test(name)
      assert.strictEqual(isSecret && text.includes(value.replace(/^k1:/u, "")), false, name)
    }
  })
})

/** Tickets for real money. */
const besideMonero = {
  PURSER_MONERO_WALLET_RPC_URL: "http://127.0.0.1:18083/json_rpc",
  PURSER_MONERO_DAEMON_URL: "http://127.0.0.1:18081",
  PURSER_MONERO_START_HEIGHT: "1",
  PURSER_TOKEN_KEYS: `k1:${digits("token")}`
}

describe("RW-11 the mode", () => {
  it.each<readonly [string, Environment, string]>([
    ["a sandbox while nobody is configured", {}, "sandbox"],
    ["off beside a real wallet of which nobody said so", besideMonero, "off"],
    ["a dry run beside a real wallet once somebody is", { ...besideMonero, ...dryRun }, "dry_run"],
    ["a dry run once somebody is", dryRun, "dry_run"],
    ["what is said", { ...dryRun, PURSER_REWARDS_MODE: "off" }, "off"],
    ["a sandbox beside real keys, if one says so", { ...live, PURSER_REWARDS_MODE: "sandbox" }, "sandbox"],
    ["live, if one says so", live, "live"]
  ])("is %s", (_, environment, mode) => {
    assert.strictEqual(rewardsOf(environment).mode, mode)
  })

  it.each(["Live", "dry-run", "true", "1", "production"])("has no other spelling: %s", (word) => {
    assert.deepStrictEqual(problemsOf({ PURSER_REWARDS_MODE: word }), [
      "PURSER_REWARDS_MODE: expected one of off, dry_run, sandbox, live"
    ])
  })

  it.each(Object.entries(dryRun))("is a dry run for whoever sets %s alone, and asks for the rest", (name, value) => {
    const others = Object.keys(dryRun).filter((other) => other !== name)
    assert.deepStrictEqual(problemsOf({ [name]: value }), others.map((other) => `${other}: required in mode dry_run`))
  })

  it("runs dry without a node and a seed", () => {
    const rewards = rewardsOf(dryRun)
    assert.isTrue(rewards.mode === "dry_run" && rewards.node === null && rewards.seed === null)
  })

  it("has node, seed and providers when it is live", () => {
    const rewards = rewardsOf({ ...live, PURSER_BANANO_NODE_KEY: "node-words" })
    if (rewards.mode !== "live") return assert.fail("expected live")
    assert.strictEqual(rewards.node.url, "https://node.purser.gg/rpc")
    assert.strictEqual(rewards.node.apiKey?.header, "authorization")
    assert.strictEqual(Redacted.value(rewards.seed.sealed), sealedSeed)
    assert.strictEqual(rewards.seed.keys[0].id, "k1")
    assert.strictEqual(rewards.providers.yunite.guildId, "223456789012345678")
    assert.strictEqual(rewards.providers.discord.apiUrl, "https://discord.com/api/v10")
  })

  it("tells a seed that no key opens, in a dry run too", () => {
    const seed = { PURSER_BANANO_SEED: sealedSeed, PURSER_BANANO_SEALING_KEYS: `k2:${digits("sealing")}` }
    assert.deepStrictEqual(problemsOf({ ...dryRun, ...seed }), [
      "PURSER_BANANO_SEED: the sealed seed cannot be opened: UnknownKey (key k1)"
    ])
  })
})
