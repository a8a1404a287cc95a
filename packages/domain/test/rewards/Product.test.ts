import { assert, describe, it } from "@effect/vitest"
import { Product } from "@purser/domain/rewards"
import * as Exit from "effect/Exit"
import * as Schema from "effect/Schema"

const face = {
  appName: "Play to Slay",
  orgName: "Banano",
  bannerUrl: "https://cdn.example/banner.png?v=2",
  mediaKitUrl: "/media/kit.zip",
  defaultLocale: "de",
  discordInviteUrl: "https://discord.gg/abc",
  featureFlags: { leader_board: true }
}

const isTaken = (change: object): boolean => Exit.isSuccess(Schema.decodeUnknownExit(Product)({ ...face, ...change }))

const flags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`flag_${n}`, true]))

describe("RW-18 the face of an installation", () => {
  it.each<object>([
    {},
    { bannerUrl: null, mediaKitUrl: null, discordInviteUrl: null },
    { appName: "é 🍌 (beta)", orgName: "x".repeat(80) },
    { bannerUrl: "https://localhost:8443" }
  ])("is taken with %j", (change) => {
    assert.isTrue(isTaken(change))
  })

  it.each<object>([
    { appName: "" },
    { appName: "   " },
    { appName: "x".repeat(81) },
    { appName: "two\nlines" },
    { orgName: "turned \u202e round" },
    { defaultLocale: "fr" },
    { featureFlags: { "Leader Board": true } },
    { featureFlags: { leader_board: "true" } },
    { featureFlags: { ["x".repeat(51)]: true } }
  ])("is refused with %j", (change) => {
    assert.isFalse(isTaken(change))
  })

  it.each([
    "http://cdn.example/banner.png",
    "javascript:alert(1)",
    "data:image/png;base64,AA",
    "//cdn.example/banner.png",
    "/\\cdn.example/banner.png",
    "https://",
    "https://user:word@cdn.example/",
    "https://cdn.example/\"onload=\"x",
    "https://cdn.example/ banner.png",
    " https://cdn.example/",
    "https://cdn.example/\n",
    ""
  ])("refuses the picture %j", (bannerUrl) => {
    assert.isFalse(isTaken({ bannerUrl }))
  })

  it("has bounds", () => {
    assert.isTrue(isTaken({ bannerUrl: `https://cdn.example/${"a".repeat(480)}`, featureFlags: flags(32) }))
    assert.isFalse(isTaken({ bannerUrl: `https://cdn.example/${"a".repeat(481)}` }))
    assert.isFalse(isTaken({ featureFlags: flags(33) }))
  })

  it("invites to another host only", () => {
    assert.isFalse(isTaken({ discordInviteUrl: "/invite" }))
  })
})
