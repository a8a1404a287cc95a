/** Writes whole documents: head, frame, and the content of a page. */
import { renderToString } from "preact-render-to-string"
import { iconPath, stylePath } from "../assets/assets.ts"
import { type Content, type Element, h } from "../parts/element.ts"
import { frame } from "./frame.ts"
import type { Page } from "./Page.ts"

/** What is particular about a page. */
export interface Particulars {
  readonly title: string
  /** One sentence for shared links and search engines. */
  readonly description?: string
  /** Whether search engines may list it: only what everybody sees. */
  readonly isPublic?: boolean
  readonly body: Content
}

/**
 * What a page needs of `Content-Security-Policy`, and all that it needs: no script runs, whatever a page says. Pictures come
 * from this host or by https, because banners do.
 */
export const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self' https:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

const property = (name: string, content: string | null): Element | null =>
  content === null ? null : h("meta", { property: name, content })

const named = (name: string, content: string, attributes: Readonly<Record<string, string>> = {}): Element =>
  h("meta", { name, content, ...attributes })

/** Shared links need whole addresses. */
const wholeUrl = ({ publicUrl }: Page, url: string | null): string | null => {
  if (url === null || url.startsWith("https://")) return url
  return publicUrl === null ? null : `${publicUrl}${url}`
}

const regions = { en: "en_US", de: "de_DE", es: "es_ES" } as const

const shared = (page: Page, { description, title }: Particulars): ReadonlyArray<Element | null> => [
  property("og:type", "website"),
  property("og:title", title),
  property("og:site_name", page.product.appName),
  property("og:description", description ?? null),
  property("og:url", wholeUrl(page, page.path)),
  property("og:image", wholeUrl(page, page.product.bannerUrl)),
  property("og:locale", regions[page.locale])
]

const head = (page: Page, content: Particulars): Element =>
  h(
    "head",
    null,
    h("meta", { charset: "utf-8" }),
    h("title", null, `${content.title} · ${page.product.appName}`),
    named("viewport", "width=device-width, initial-scale=1"),
    named("color-scheme", "light dark"),
    named("theme-color", "#fbf8ef", { media: "(prefers-color-scheme: light)" }),
    named("theme-color", "#17160f", { media: "(prefers-color-scheme: dark)" }),
    named("referrer", "same-origin"),
    content.isPublic === true ? null : named("robots", "noindex"),
    content.description === undefined ? null : named("description", content.description),
    ...content.isPublic === true ? shared(page, content) : [],
    h("link", { rel: "icon", type: "image/svg+xml", href: iconPath }),
    h("link", { rel: "stylesheet", href: stylePath })
  )

/** A document as it is sent. Every text in it is escaped by Preact, which writes it. */
export const writeDocument = (page: Page, content: Particulars): string =>
  `<!doctype html>${renderToString(h("html", { lang: page.locale }, head(page, content), frame(page, content.body)))}`
