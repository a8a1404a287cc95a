import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import { decode } from "../../src/config/Settings.ts"
import type { Environment } from "../../src/config/Variable.ts"
import { digits, live, sealedSeed } from "./environments.ts"

const problemsOf = (environment: Environment) =>
  Result.match(decode({ ...live, ...environment }), {
    onFailure: ({ refusals }) => refusals.map(({ name, problem }) => `${name}: ${problem}`),
    onSuccess: () => []
  })

const missing = (name: string) => `${name}: required in mode live`
const here = (name: string) => `${name}: this machine is no place for it in mode live`
const plain = (name: string) => `${name}: https is required in mode live`
const reserved = (name: string) => `${name}: a name for examples is no place for it in mode live`
const guessed = (name: string) => `${name}: easily guessed: make it of random bytes`

const required = Object.keys(live).filter((name) => name !== "PURSER_REWARDS_MODE")
const addresses = [
  "PURSER_BANANO_NODE_RPC",
  "PURSER_PUBLIC_URL",
  "PURSER_DISCORD_API_URL",
  "PURSER_DISCORD_AUTHORIZE_URL",
  "PURSER_YUNITE_URL",
  "PURSER_FORTNITE_URL"
]

describe("RW-11 going live", () => {
  it("succeeds with everything in place", () => {
    assert.deepStrictEqual(problemsOf({}), [])
  })

  it.each(required)("needs %s", (name) => {
    assert.deepStrictEqual(problemsOf({ [name]: "" }), [missing(name)])
  })

  it("names everything that is missing at once", () => {
    const nothing = Object.fromEntries(required.map((name) => [name, undefined]))
    assert.sameMembers([...problemsOf(nothing)], required.map(missing))
  })

  it.each(addresses.flatMap((name) =>
    [
      "http://127.0.0.1:7072",
      "https://127.0.0.1:7072",
      "https://127.1",
      "https://0x7f.0.0.1",
      "https://2130706433",
      "https://0.0.0.0:8083",
      "https://localhost",
      "https://LOCALHOST.",
      "https://node.localhost",
      "https://[::1]:7072",
      "https://[::]",
      "https://[::ffff:127.0.0.1]",
      "https://[::127.0.0.1]",
      "https://[0:0:0:0:0:0:0:1]"
    ].map((address) => [name, address] as const)
  ))("refuses %s at %s", (name, address) => {
    assert.deepStrictEqual(problemsOf({ [name]: address }), [here(name)])
  })

  it.each(addresses)("refuses %s in the clear", (name) => {
    const problem = /DISCORD|PUBLIC/u.test(name) ? `${name}: expected https, or http on this machine` : plain(name)
    assert.deepStrictEqual(problemsOf({ [name]: "http://node.purser.gg:7072" }), [problem])
    assert.deepStrictEqual(problemsOf({ [name]: "http://10.0.0.5:7072" }), [problem])
  })

  it.each(["https://node.example.com", "https://node.test", "https://purser.invalid."])(
    "refuses a node at %s",
    (address) => {
      assert.deepStrictEqual(problemsOf({ PURSER_BANANO_NODE_RPC: address }), [reserved("PURSER_BANANO_NODE_RPC")])
    }
  )

  it.each(["https://10.0.0.5:7072", "https://localhost.purser.gg", "https://127.purser.gg", "https://[2001:db8::1]"])(
    "takes a node at %s",
    (address) => {
      assert.deepStrictEqual(problemsOf({ PURSER_BANANO_NODE_RPC: address }), [])
    }
  )

  it.each([
    "change-me-change-me-change-me-change-me",
    "your-session-secret-goes-here-1234567890",
    "00000000000000000000000000000000000000000000",
    "abcabcabcabcabcabcabcabcabcabcabcabcabcabc",
    "the default of a sample file, 0123456789"
  ])("refuses the secret %j", (secret) => {
    assert.deepStrictEqual(problemsOf({ PURSER_SESSION_SECRET: secret }), [guessed("PURSER_SESSION_SECRET")])
  })

  it("refuses a short secret", () => {
    assert.deepStrictEqual(problemsOf({ PURSER_SESSION_SECRET: digits("session").slice(0, 31) }), [
      "PURSER_SESSION_SECRET: expected 32 to 1024 characters"
    ])
  })

  it("takes any secret of random bytes", () => {
    for (let index = 0; index < 500; index += 1) {
      const hex = digits(`secret ${index}`)
      const texts = [hex, Buffer.from(hex, "hex").toString("base64"), Buffer.from(hex, "hex").toString("base64url")]
      for (const text of texts) assert.deepStrictEqual(problemsOf({ PURSER_SESSION_SECRET: text }), [], text)
    }
  })

  it.each<readonly [string, Environment, ReadonlyArray<string>]>([
    ["a key of one byte", { PURSER_TOTP_KEYS: `x:${"07".repeat(32)}` }, [guessed("PURSER_TOTP_KEYS")]],
    ["a seed of another key", { PURSER_BANANO_SEALING_KEYS: `k2:${digits("sealing")}` }, [
      "PURSER_BANANO_SEED: the sealed seed cannot be opened: UnknownKey (key k1)"
    ]],
    ["a key that does not fit", { PURSER_BANANO_SEALING_KEYS: `k1:${digits("other")}` }, [
      "PURSER_BANANO_SEED: the sealed seed cannot be opened: NotAuthentic (key k1)"
    ]],
    ["a seed sealed by the secret of sessions", { PURSER_SESSION_SECRET: digits("sealing") }, [
      "PURSER_SESSION_SECRET: used for PURSER_BANANO_SEALING_KEYS too: every purpose needs a key of its own"
    ]]
  ])("refuses %s", (_, environment, problems) => {
    assert.deepStrictEqual(problemsOf(environment), problems)
  })

  it("opens a seed by any of its keys", () => {
    const keys = `k2:${digits("newer")},k1:${digits("sealing")}`
    assert.deepStrictEqual(problemsOf({ PURSER_BANANO_SEALING_KEYS: keys }), [])
  })

  it("asks for none of it in any other mode", () => {
    const careless = {
      PURSER_BANANO_NODE_RPC: "http://127.0.0.1:7072",
      PURSER_PUBLIC_URL: "http://localhost:8080",
      PURSER_SESSION_SECRET: undefined,
      PURSER_TOTP_KEYS: undefined
    }
    for (const mode of ["off", "sandbox", "dry_run"]) {
      assert.deepStrictEqual(problemsOf({ ...careless, PURSER_REWARDS_MODE: mode }), [])
    }
  })

  it("never tells a value", () => {
    const told = problemsOf({
      PURSER_BANANO_NODE_RPC: "http://hush.localhost",
      PURSER_SESSION_SECRET: "hush".repeat(10),
      PURSER_BANANO_SEALING_KEYS: `k1:${digits("hush")}`
    }).join("\n")
    assert.notInclude(told, "hush")
    assert.notInclude(told, digits("hush"))
    assert.notInclude(told, sealedSeed)
  })
})
