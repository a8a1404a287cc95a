import { AxeBuilder } from "@axe-core/playwright"
import { assert, describe, it } from "@effect/vitest"
import type { Server } from "node:http"
import { type Browser, chromium as engine, type Page as Tab } from "playwright-core"
import { afterAll, beforeAll } from "vitest"
import { missing } from "../../../../scripts/testing/requirement.ts"
import { type Sample, samplePages } from "../samplePages.ts"
import { chromium, chromiumPath, serveSamples } from "./browser.ts"

const absent = missing(chromium)

const attack = "\"><img src=x onerror=alert(1)><script>alert(2)</script>"

const longName = "ban_1burnbabyburndiscoinferno111111111111111111111111111aj49sw3w"

const samples = samplePages(longName)

/** German words are the longest. */
const german = samplePages(longName, (page) => ({ ...page, locale: "de" }))
  .map(({ html, name }) => ({ name: `${name}-german`, html }))

const attacked: ReadonlyArray<Sample> = samplePages(attack)
  .map(({ html, name }) => ({ name: `${name}-attacked`, html }))

/** One of each kind of page; help topics and errors differ in their words only. */
const kinds = samples.filter(({ name }) =>
  !/^error-(?!429)|^help-(?!not-member)|^home$|^payouts-empty$|^account$|^wallet$|^reviews-stale$/u.test(name)
)

const looks = [
  { colorScheme: "light", width: 360 },
  { colorScheme: "dark", width: 1280 },
  { colorScheme: "light", width: 1280 },
  { colorScheme: "dark", width: 360 }
] as const

interface Opened {
  readonly browser: Browser
  readonly server: Server
  readonly origin: string
}

const open = async (): Promise<Opened> => {
  const { origin, server } = await serveSamples([...samples, ...german, ...attacked])
  // The pages are ours and on loopback; where tests run as root the browser's own sandbox cannot start.
  const browser = await engine.launch({ executablePath: chromiumPath(), args: ["--no-sandbox"] })
  return { browser, server, origin }
}

/** Everything that a browser complains about: the policy, a missing file, a script that runs. */
const complaintsOf = (tab: Tab): Array<string> => {
  const complaints: Array<string> = []
  tab.on("console", (message) => complaints.push(message.text()))
  tab.on("pageerror", (error) => complaints.push(error.message))
  tab.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  // An icon that is still on its way when the next page is opened is no complaint.
  tab.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "unknown"
    if (why !== "net::ERR_ABORTED") complaints.push(`${why}: ${request.url()}`)
  })
  tab.on("response", (answer) => answer.status() < 400 || complaints.push(`${answer.status()}: ${answer.url()}`))
  return complaints
}

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

/** What depends on colours and room; the rest is the same in every look. */
const visible = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]

const violationsOf = async (tab: Tab, rules: "all" | "visible"): Promise<ReadonlyArray<string>> => {
  // Pages have no frames: the mode without them needs no second tab, and half the time.
  const axe = new AxeBuilder({ page: tab }).setLegacyMode(true)
  const { violations } = await (rules === "all" ? axe.withTags(standards) : axe.withRules(visible)).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
}

/** How wide a page is, and how far anything in it stands out at the right of its column, in pixels. */
const reach = `(() => {
  const main = document.querySelector("main")
  const edge = main.getBoundingClientRect().right - parseFloat(getComputedStyle(main).paddingRight)
  const seen = [...main.querySelectorAll("*")].filter((element) => element.closest("thead, caption") === null)
  const rights = seen.map((element) => element.getBoundingClientRect().right)
  return document.documentElement.scrollWidth + " px, " + Math.max(0, Math.ceil(Math.max(...rights) - edge - 0.5)) + " over"
})()`

if (absent === undefined) {
  let opened: Opened

  beforeAll(async () => {
    opened = await open()
  })

  afterAll(async () => {
    await opened.browser.close()
    opened.server.close()
  })

  const tabWith = async ({ colorScheme, width }: (typeof looks)[number]): Promise<Tab> => {
    const context = await opened.browser.newContext({ colorScheme, viewport: { width, height: 800 } })
    return context.newPage()
  }

  const widthsOf = async (tab: Tab, shown: ReadonlyArray<Sample>): Promise<ReadonlyArray<string>> => {
    const widths: Array<string> = []
    for (const { name } of shown) {
      await tab.goto(`${opened.origin}/sample/${name}`)
      widths.push(`${name}: ${String(await tab.evaluate(reach))}`)
    }
    return widths
  }

  describe.each(looks)("RW-4 RW-18 pages in a browser, $colorScheme at $width px", (look) => {
    it("fit, and give it nothing to complain about", { timeout: 300_000 }, async () => {
      const tab = await tabWith(look)
      const complaints = complaintsOf(tab)
      const shown = look === looks[0] ? [...samples, ...german, ...attacked] : kinds
      assert.deepStrictEqual(await widthsOf(tab, shown), shown.map(({ name }) => `${name}: ${look.width} px, 0 over`))
      assert.deepStrictEqual(complaints, [])
      await tab.context().close()
    })
  })

  describe("RW-4 RW-18 pages for everybody", () => {
    it.each(kinds)("break no rule of accessibility: $name", { timeout: 300_000 }, async ({ name }) => {
      const [light, dark] = looks
      const tab = await tabWith(light)
      await tab.goto(`${opened.origin}/sample/${name}`)
      assert.deepStrictEqual(await violationsOf(tab, "all"), [])
      await tab.emulateMedia({ colorScheme: dark.colorScheme })
      await tab.setViewportSize({ width: dark.width, height: 800 })
      assert.deepStrictEqual(await violationsOf(tab, "visible"), [])
      await tab.context().close()
    })
  })

  describe("RW-4 the keyboard", () => {
    it("meets the way past the frame first, then the frame, then the page", async () => {
      const tab = await tabWith(looks[1])
      await tab.goto(`${opened.origin}/sample/wallet`)
      const met: Array<unknown> = []
      for (let step = 0; step < 16; step++) {
        await tab.keyboard.press("Tab")
        met.push(await tab.evaluate("document.activeElement.textContent.trim() || document.activeElement.id"))
      }
      assert.deepStrictEqual(met.slice(0, 11), [
        "Skip to content",
        "Play to Slay",
        "Sign out",
        "Overview",
        "Wallet",
        "Payouts",
        "Earnings",
        "Account",
        "Help",
        "banano-address",
        "Save address"
      ])
      await tab.context().close()
    })

    it("skips the frame, and sees where it is", async () => {
      const tab = await tabWith(looks[0])
      await tab.goto(`${opened.origin}/sample/wallet`)
      await tab.keyboard.press("Tab")
      assert.isAtLeast(Number(await tab.evaluate("document.activeElement.getBoundingClientRect().top")), 0)
      await tab.keyboard.press("Enter")
      assert.strictEqual(await tab.evaluate("document.activeElement.id"), "main")
      await tab.keyboard.press("Tab")
      assert.strictEqual(await tab.evaluate("document.activeElement.id"), "banano-address")
      assert.notStrictEqual(await tab.evaluate("getComputedStyle(document.activeElement).outlineStyle"), "none")
      await tab.context().close()
    })

    it("gets from what is wrong to where it is mended", async () => {
      const tab = await tabWith(looks[1])
      await tab.goto(`${opened.origin}/sample/wallet-refused`)
      await tab.click("[role=alert] a")
      await tab.keyboard.press("Tab")
      assert.strictEqual(await tab.evaluate("document.activeElement.textContent.trim()"), "Save address")
      await tab.context().close()
    })
  })
} else describe("RW-4 pages in a browser", () => it("are looked at", (context) => context.skip(absent)))
