import { assert, describe, it } from "@effect/vitest"
import type { EligibilityRules } from "@purser/domain/rewards"
import {
  type AddressRefusal,
  catalogues,
  helpPath,
  type HelpTopic,
  helpTopicOf,
  paths,
  renderAccount,
  renderDashboard,
  renderHelp,
  renderHelpTopic,
  renderHome,
  renderPayouts,
  renderWallet,
  say
} from "@purser/web"
import { tagsOf, textOf } from "../markup.ts"
import { adminPage, locales, playerPage, product, visitorPage } from "../samplePages.ts"
import { accountView, dashboardView, payoutsView, walletView } from "../sampleViews.ts"

const page = playerPage("Ana")

const topics: Readonly<Record<EligibilityRules.Ineligible, HelpTopic>> = {
  NotMember: "not-member",
  NotLinked: "not-linked",
  VerificationStale: "verification-stale",
  AbuseConfirmed: "stopped",
  NoWallet: "no-wallet",
  StatsPrivate: "stats-private",
  BaselineUnknown: "baseline-unknown",
  HeldForReview: "held"
}

const reasons = Object.keys(topics) as ReadonlyArray<EligibilityRules.Ineligible>

describe("RW-4 the overview of a player", () => {
  it("tells what is owed, on its way and paid, and the next round", () => {
    const text = textOf(renderDashboard(dashboardView("Ana"), page))
    for (const told of ["14.7", "2.1", "1,234.50000001", "1 of 1 payouts", "2 of 3 payouts", "You are earning"]) {
      assert.include(text, told)
    }
    assert.match(text, /Next round of payouts:\s+Nov 25, 2026/u)
  })

  it.each(reasons)("explains %s and leads to what can be done", (why) => {
    const html = renderDashboard({ ...dashboardView("Ana"), earning: why, paying: why }, page)
    assert.strictEqual(helpTopicOf(why), topics[why])
    assert.include(html, `href="${helpPath(topics[why])}"`)
    assert.notInclude(html, "You are earning")
  })

  it("tells both reasons where earning and paying differ", () => {
    const html = renderDashboard({ ...dashboardView("Ana"), earning: "StatsPrivate", paying: "HeldForReview" }, page)
    assert.isBelow(html.indexOf("Your statistics are private"), html.indexOf("Your payouts wait for a check"))
    assert.isAbove(html.indexOf("Your statistics are private"), 0)
  })

  it("takes a cap that allows nothing for full", () => {
    const { caps } = dashboardView("Ana")
    const none = { ...caps.day, used: 0, limit: 0 }
    const html = renderDashboard({ ...dashboardView("Ana"), caps: { ...caps, day: none } }, page)
    assert.include(html, "<meter aria-labelledby=\"cap-day\" class=\"full\" min=\"0\" max=\"1\" value=\"1\">")
  })

  it("announces a change of address with its moment", () => {
    const pending = { address: "ban_new", effectiveAt: "2026-11-26T09:00:00Z" }
    const text = textOf(renderDashboard({ ...dashboardView("Ana"), wallet: { current: "ban_old", pending } }, page))
    assert.match(text, /From\s+Nov 26, 2026, 09:00\sAM UTC\s+on, payouts go to\s+ban_new/u)
    assert.include(text, "ban_old")
  })
})

describe("RW-15 RW-21 whoever is held", () => {
  it.each(locales)("is not accused in %s", (locale) => {
    const held = Object.entries(catalogues[locale]).filter(([key]) => key.startsWith("help.held."))
    assert.strictEqual(held.length, 3)
    for (const [, text] of held) {
      assert.notMatch(String(text), /abus|cheat|fraud|suspic|betr[uü]g|missbrauch|verd[aä]cht|trampa|fraude|sospech/iu)
    }
  })
})

const refusals: ReadonlyArray<AddressRefusal> = [
  "Missing",
  "Prefix",
  "Length",
  "Case",
  "Letter",
  "Key",
  "Checksum",
  "BurnAddress",
  "OperatorAddress",
  "AddressOfAnother",
  "TooManyChanges"
]

describe("RW-3 RW-4 the form of the address", () => {
  it.each(refusals)("words %s at the top and at the field, and keeps what was entered", (refusal) => {
    const html = renderWallet({ ...walletView("ban_old"), entered: "ban_wrong", refusal }, page)
    const words = say("en", `wallet.refused.${refusal}`)
    assert.strictEqual(html.split(words).length, 3)
    assert.include(html, "value=\"ban_wrong\"")
    assert.include(html, "<title>Error: ")
    assert.include(html, "aria-invalid=\"true\"")
  })

  it("says that the first address takes effect at once", () => {
    const text = textOf(renderWallet({ ...walletView(""), current: null }, page))
    assert.include(text, "takes effect at once")
    assert.notInclude(text, "after 24 hours")
  })

  it("says how long a change waits", () => {
    assert.include(textOf(renderWallet(walletView("ban_old"), page)), "after 24 hours")
    assert.include(textOf(renderWallet({ ...walletView("ban_old"), coolDownHours: 1 }, page)), "after one hour")
  })
})

describe("RW-4 the history of payouts", () => {
  it("links a block only where there is one", () => {
    const html = renderPayouts(payoutsView("ban_old"), page)
    const outside = tagsOf(html).filter(({ attributes }) =>
      attributes.get("href")?.startsWith("https://creeper") === true
    )
    assert.strictEqual(outside.length, 2)
    for (const { attributes } of outside) assert.strictEqual(attributes.get("rel"), "noopener noreferrer")
  })

  it("goes on to older ones, keeping what is asked for", () => {
    const html = renderPayouts({ ...payoutsView("x"), status: "failed", next: "a&b", isFirst: false }, page)
    assert.include(html, `href="${paths.dashboard}?status=failed&amp;cursor=a%26b"`)
    assert.include(html, "Back to the newest")
    assert.include(html, "<option value=\"failed\" selected>")
  })

  it("has no pages where there is one", () => {
    assert.notInclude(renderPayouts({ ...payoutsView("x"), next: null, isFirst: true }, page), "pager")
  })

  it("takes nothing for paid that is not confirmed", () => {
    const words = (["queued", "signed", "sent", "unknown", "failed", "simulated"] as const)
      .map((status) => say("en", `payout.${status}`))
    assert.notInclude(words, say("en", "payout.confirmed"))
  })
})

describe("RW-20 the account", () => {
  it("warns of what is lost with it, and asks to be sure", () => {
    const html = renderAccount({ ...accountView, isUnconfirmed: true }, page)
    assert.match(textOf(html), /You have\s+14\.7\s+BAN\s+that is not paid yet/u)
    assert.include(html, `action="${paths.deleteAccount}"`)
    assert.include(html, "href=\"#confirm\"")
    assert.include(html, `action="${paths.exportData}"`)
  })

  it("offers to sign out other devices where there are some", () => {
    assert.include(renderAccount(accountView, page), `action="${paths.endSessions}"`)
    assert.notInclude(renderAccount({ ...accountView, otherSessions: 0 }, page), `action="${paths.endSessions}"`)
  })
})

describe("RW-1 RW-4 ways in and out", () => {
  it("are a link and a form", () => {
    const view = { rate: "2.1", caps: { unit: "kills", perDay: 150, perWeek: 750 }, settlementMinutes: 1 } as const
    const visited = renderHome(view, visitorPage(paths.home))
    assert.include(visited, `href="${paths.signIn}"`)
    assert.include(textOf(visited), "every minute")
    assert.include(textOf(visited), "150 a day and 750 a week")
    assert.notInclude(renderHome(view, page), `href="${paths.signIn}"`)
    assert.include(renderHome(view, page), `action="${paths.signOut}"`)
  })

  it("show what admins may see to admins only", () => {
    assert.notInclude(renderHelp(page), helpPath("second-factor"))
    assert.include(renderHelp(adminPage("Ana", paths.help)), helpPath("second-factor"))
    assert.notInclude(renderHelp(page), `href="${paths.admin}"`)
  })

  it("let only those ask for a new check who are signed in", () => {
    assert.include(renderHelpTopic("not-member", page), `action="${paths.reverify}"`)
    assert.notInclude(renderHelpTopic("not-member", visitorPage(paths.help)), `action="${paths.reverify}"`)
  })
})

describe("RW-18 the face of an installation", () => {
  const view = { rate: "2.1", caps: { unit: "payouts", perDay: 1, perWeek: 3 }, settlementMinutes: 20 } as const
  const home = visitorPage(paths.home)

  it("is on shared links, with whole addresses", () => {
    const html = renderHome(view, { ...home, product: { ...product, bannerUrl: "/media/banner.png" } })
    assert.include(html, "<meta property=\"og:image\" content=\"https://slay.example/media/banner.png\"/>")
    assert.include(html, "<meta property=\"og:url\" content=\"https://slay.example/\"/>")
    assert.include(html, "<meta property=\"og:site_name\" content=\"Play to Slay\"/>")
  })

  it("leaves out what is not known", () => {
    const bare = { ...product, bannerUrl: "/b.png", mediaKitUrl: null, discordInviteUrl: null }
    const html = renderHome(view, { ...home, product: bare, publicUrl: null })
    assert.notInclude(html, "og:image")
    assert.notInclude(html, "og:url")
    assert.notInclude(html, "Media kit")
    assert.notInclude(html, "Discord server")
  })

  it("keeps pages of players out of search engines", () => {
    assert.include(renderDashboard(dashboardView("Ana"), page), "<meta name=\"robots\" content=\"noindex\"/>")
    assert.notInclude(renderHome(view, home), "noindex")
  })
})

describe("RW-11 a run that pays nobody", () => {
  it("says so on every page", () => {
    const dry = { ...page, dryRunBanner: true, sandboxBanner: ["Discord", "Banano"] }
    for (const html of [renderDashboard(dashboardView("Ana"), dry), renderHelp(dry)]) {
      assert.include(textOf(html), "Dry run:")
      assert.include(textOf(html), "Discord, Banano")
    }
    assert.notInclude(textOf(renderHelp(page)), "Dry run:")
  })
})
