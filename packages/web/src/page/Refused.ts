/** Shows that something is not there, not allowed, too fast, or broken. */
import { phrase, say } from "../messages/Messages.ts"
import { buttonLink, lead } from "../parts/blocks.ts"
import { h } from "../parts/element.ts"
import { code } from "../parts/text.ts"
import { writeDocument } from "./document.ts"
import type { Page } from "./Page.ts"
import { paths } from "./paths.ts"

/** A request that has no page of its own as its answer. */
export interface RefusedView {
  readonly status: 400 | 403 | 404 | 429 | 500
  /** Names the request in the logs. */
  readonly correlationId: string | null
  /** The same as in `Retry-After`; null where there is no such header. */
  readonly retryAfterSeconds: number | null
}

/** The page of a refusal; it needs no database, and works for whoever is not signed in. */
export const renderRefused = ({ correlationId, retryAfterSeconds, status }: RefusedView, page: Page): string => {
  const { locale, signedIn } = page
  const title = say(locale, `error.${status}.title`)
  return writeDocument(page, {
    title,
    body: h(
      "div",
      null,
      h("p", { class: "status" }, String(status)),
      h("h1", null, title),
      lead(say(locale, `error.${status}.text`)),
      retryAfterSeconds === null ? null : h("p", null, say(locale, "error.429.wait", { count: retryAfterSeconds })),
      correlationId === null
        ? null
        : h("p", { class: "hint" }, phrase(locale, "error.correlation", { id: code(correlationId) })),
      buttonLink(signedIn === null ? paths.home : paths.dashboard, say(locale, "error.home"))
    )
  })
}
