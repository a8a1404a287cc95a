/** Decides of roles, freshness, return paths and origins, with the ways in that others try. */
import { assert, describe, it } from "@effect/vitest"
import { IdentityRules } from "@purser/domain/identity"
import { DiscordAccountId } from "@purser/domain/rewards"

const discordId = DiscordAccountId.make("80351110224678912")
const standing = { discordId, isGrantedAdmin: false, adminDiscordIds: new Set<string>() }

describe("RW-1 roles", () => {
  it("makes everybody a player and nobody an admin by default", () => {
    assert.deepStrictEqual([...IdentityRules.rolesOf(standing)], ["player"])
  })
  it("makes admins of those who are configured or granted", () => {
    const configured = { ...standing, adminDiscordIds: new Set([discordId as string]) }
    for (const admin of [configured, { ...standing, isGrantedAdmin: true }]) {
      assert.deepStrictEqual([...IdentityRules.rolesOf(admin)], ["player", "admin"])
    }
  })
  it("takes no id for another that begins with it", () => {
    const adminDiscordIds = new Set([`${discordId}0`, discordId.slice(1), ` ${discordId}`])
    assert.isFalse(IdentityRules.rolesOf({ ...standing, adminDiscordIds }).has("admin"))
  })
})

describe("RW-1 freshness of a second factor", () => {
  const nowMillis = 1_800_000_000_000
  for (
    const [agoMillis, fresh] of [[0, true], [600_000, true], [600_001, false], [-60_000, true], [
      -60_001,
      false
    ]] as const
  ) {
    it(`is ${fresh} ${agoMillis} ms after the code`, () => {
      assert.strictEqual(IdentityRules.isFresh(nowMillis - agoMillis, nowMillis), fresh)
    })
  }
  it("is never there without a code", () => {
    assert.isFalse(IdentityRules.isFresh(null, nowMillis, Number.MAX_SAFE_INTEGER))
  })
  it("lasts as long as configured", () => {
    assert.isTrue(IdentityRules.isFresh(nowMillis - 1000, nowMillis, 1000))
    assert.isFalse(IdentityRules.isFresh(nowMillis - 1001, nowMillis, 1000))
  })
})

describe("RW-1 return paths", () => {
  for (const path of ["/", "/me", "/me/payouts?limit=10&sort=-at#top", "/%2F%2Fevil.example", "/a//b", "/me/~x[1]!"]) {
    it(`keeps ${path}`, () => {
      assert.strictEqual(IdentityRules.safeReturnTo(path), path)
    })
  }
  const foreign = [
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/me\\..\\x",
    "https://evil.example/",
    "javascript:alert(1)",
    "me",
    "",
    " /me",
    "/\t/evil.example",
    "/\n/evil.example",
    "/me\r\nSet-Cookie: x=1",
    "/me you",
    "/\u00e9",
    `/${"a".repeat(2000)}`
  ]
  for (const path of foreign) {
    it(`forgets ${JSON.stringify(path.slice(0, 30))}`, () => {
      assert.isNull(IdentityRules.safeReturnTo(path))
    })
  }
  it("needs none", () => {
    assert.isNull(IdentityRules.safeReturnTo(undefined))
    assert.isNull(IdentityRules.safeReturnTo(null))
  })
  it("sends no browser to another host", () => {
    const own = "https://purser.example"
    for (const path of foreign) {
      const kept = IdentityRules.safeReturnTo(path)
      assert.strictEqual(new URL(kept ?? "/", own).origin, own)
    }
  })
})

describe("RW-1 requests across sites", () => {
  const own = "https://purser.example"
  const ask = (method: string, origin?: string, secFetchSite?: string) =>
    IdentityRules.mayChange({ method, origin, secFetchSite }, own)
  it("reads from anywhere", () => {
    assert.isTrue(ask("get", "https://evil.example", "cross-site"))
    assert.isTrue(ask("HEAD"))
  })
  it("changes things from pages of ours only", () => {
    assert.isTrue(ask("POST", own))
    assert.isTrue(ask("DELETE", undefined, "same-origin"))
    for (
      const origin of ["https://evil.example", "http://purser.example", `${own}:8443`, `${own}.evil.example`, "null"]
    ) {
      assert.isFalse(ask("POST", origin, "same-origin"), origin)
    }
    for (const site of ["cross-site", "same-site", "none", undefined]) {
      assert.isFalse(ask("POST", undefined, site), site)
    }
  })
})
