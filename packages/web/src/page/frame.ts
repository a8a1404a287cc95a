/** Puts the frame around a page: brand, ways, banners, foot. */
import { iconPath } from "../assets/assets.ts"
import { type MessageKey, say } from "../messages/Messages.ts"
import { buttonLink } from "../parts/blocks.ts"
import { type Content, type Element, h } from "../parts/element.ts"
import { postForm, submit } from "../parts/forms.ts"
import { link, name } from "../parts/text.ts"
import type { Page } from "./Page.ts"
import { paths } from "./paths.ts"

type Way = readonly [path: string, key: MessageKey & `${"" | "admin."}nav.${string}`]

const playerWays: ReadonlyArray<Way> = [
  [paths.dashboard, "nav.dashboard"],
  [paths.wallet, "nav.wallet"],
  [paths.payouts, "nav.payouts"],
  [paths.earnings, "nav.earnings"],
  [paths.account, "nav.account"],
  [paths.help, "nav.help"]
]

const visitorWays: ReadonlyArray<Way> = [[paths.home, "nav.home"], [paths.help, "nav.help"]]

const adminWays: ReadonlyArray<Way> = [
  [paths.admin, "admin.nav.overview"],
  [paths.adminPayouts, "admin.nav.payouts"],
  [paths.reviews, "admin.nav.reviews"],
  [paths.audit, "admin.nav.audit"],
  [paths.payoutConfig, "admin.nav.config"],
  [paths.enrol, "admin.nav.secondFactor"]
]

const isWithin = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`)

/** `page` marks the page itself, `true` the part that it belongs to. */
const current = (page: Page, [place, key]: Way): Readonly<Record<string, string>> => {
  if (page.path === place) return { "aria-current": "page" }
  const isPart = key === "nav.admin" || key === "nav.help"
  return isPart && isWithin(page.path, place) ? { "aria-current": "true" } : {}
}

const item = (page: Page, way: Way): Element => {
  const [path, key] = way
  return h("li", null, link(path, say(page.locale, key), current(page, way)))
}

const ways = (page: Page, label: string, all: ReadonlyArray<Way>): Element =>
  h("nav", { "aria-label": label }, h("ul", null, all.map((way) => item(page, way))))

/** The first page has its own way in. */
const visitor = ({ locale, path }: Page): Element | null =>
  path === paths.home ? null : h("div", { class: "who" }, buttonLink(paths.signIn, say(locale, "signIn")))

const person = (page: Page, who: string): Element =>
  h(
    "div",
    { class: "who" },
    h("span", { title: say(page.locale, "signedInAs", { name: who }) }, name(who)),
    postForm(page, paths.signOut, submit(say(page.locale, "signOut"), "quiet"))
  )

const mainWays = ({ signedIn }: Page): ReadonlyArray<Way> => {
  if (signedIn === null) return visitorWays
  return signedIn.isAdmin ? [...playerWays, [paths.admin, "nav.admin"]] : playerWays
}

const top = (page: Page): Element =>
  h(
    "header",
    null,
    h(
      "div",
      { class: "bar" },
      h(
        "a",
        { class: "brand", href: page.signedIn === null ? paths.home : paths.dashboard },
        h("img", { src: iconPath, alt: "", width: 32, height: 32 }),
        name(page.product.appName)
      ),
      page.signedIn === null ? visitor(page) : person(page, page.signedIn.name)
    ),
    ways(page, say(page.locale, "nav.label"), mainWays(page))
  )

const banners = ({ dryRunBanner, locale, sandboxBanner }: Page): Element | null => {
  const isSandboxed = sandboxBanner.length > 0
  if (!dryRunBanner && !isSandboxed) return null
  return h(
    "aside",
    { class: "banners", "aria-label": say(locale, "banner.label") },
    dryRunBanner ? h("p", null, say(locale, "banner.dryRun")) : null,
    isSandboxed ? h("p", null, say(locale, "banner.sandbox", { names: sandboxBanner.join(", ") })) : null
  )
}

const foot = ({ locale, product }: Page): Element =>
  h(
    "footer",
    null,
    h("p", null, say(locale, "footer.org", { org: product.orgName })),
    h(
      "ul",
      null,
      product.discordInviteUrl === null
        ? null
        : h("li", null, link(product.discordInviteUrl, say(locale, "footer.discord"))),
      product.mediaKitUrl === null ? null : h("li", null, link(product.mediaKitUrl, say(locale, "footer.mediaKit"))),
      h("li", null, link(paths.help, say(locale, "nav.help")))
    )
  )

const notice = ({ locale, notice }: Page): Element | null =>
  notice === null ? null : h("p", { role: "status", class: "box good" }, say(locale, `notice.${notice}`))

/** The body of a document. */
export const frame = (page: Page, content: Content): Element =>
  h(
    "body",
    null,
    h("a", { class: "skip", href: "#main" }, say(page.locale, "skip")),
    top(page),
    banners(page),
    h(
      "main",
      { id: "main", tabindex: -1 },
      page.signedIn?.isAdmin === true && isWithin(page.path, paths.admin)
        ? ways(page, say(page.locale, "admin.nav.label"), adminWays)
        : null,
      notice(page),
      content
    ),
    foot(page)
  )
