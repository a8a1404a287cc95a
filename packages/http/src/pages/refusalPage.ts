/** Shows refusals to people: as a page of their own, or by the page that says what to do. */
import { type ProblemCode, problemKinds } from "@purser/contract"
import { IdentityRules } from "@purser/domain/identity"
import { type HelpTopic, type Page, paths, type RefusedView, renderHelpTopic, renderRefused } from "@purser/web"
import type { RefusalPage } from "../server/DoorServer.ts"
import type { Exchange } from "../server/Exchange.ts"
import type { Refused, Written } from "../server/Reply.ts"
import { frameAt, type PageHouse } from "./PageHouse.ts"
import { prefersHtml } from "./prefersHtml.ts"

const topics: Partial<Record<ProblemCode, HelpTopic>> = {
  sign_in_expired: "sign-in-expired",
  sign_in_refused: "sign-in-denied",
  second_factor_required: "second-factor",
  second_factor_missing: "second-factor"
}

const statuses: Readonly<Record<number, RefusedView["status"]>> = { 401: 403, 403: 403, 404: 404, 405: 404, 429: 429 }

const statusOf = (status: number): RefusedView["status"] => statuses[status] ?? (status < 500 ? 400 : 500)

const millisPerSecond = 1_000

const pageOf = (page: Page, refused: Refused, { correlationId }: Exchange): string => {
  const topic = topics[refused.code]
  if (topic !== undefined) return renderHelpTopic(topic, page)
  const { retryAfterMillis } = refused
  return renderRefused({
    status: statusOf(problemKinds[refused.code].status),
    correlationId,
    retryAfterSeconds: retryAfterMillis === undefined
      ? null
      : Math.max(1, Math.ceil(retryAfterMillis / millisPerSecond))
  }, page)
}

/** Comes back to where it was, if that was a page to look at. */
const toSignIn = (house: PageHouse, { request }: Exchange): Written => {
  const returnTo = request.method === "GET" ? IdentityRules.safeReturnTo(request.url) : null
  const query = returnTo === null ? "" : `?${new URLSearchParams({ return_to: returnTo }).toString()}`
  const location = `${house.options.publicUrl}${paths.signIn}${query}`
  return { _tag: "Written", status: 303, mediaType: "", text: "", headers: ["Location", location] }
}

const pathOf = (url: string | undefined): string => (url ?? "/").split("?")[0] ?? "/"

/** The pages of refusals at a door. Nobody is recognised on them: they must work when nothing else does. */
export const refusalPage = (house: PageHouse): RefusalPage => (exchange, refused) => {
  const { acceptLanguage, nowMillis, request } = exchange
  if (!prefersHtml(request.headers.accept)) return undefined
  if (refused.code === "session_required") return toSignIn(house, exchange)
  const viewer = { acceptLanguage, signedIn: null, formToken: null }
  const page = frameAt(house, viewer, { path: pathOf(request.url), nowMillis })
  return {
    _tag: "Written",
    status: problemKinds[refused.code].status,
    mediaType: "text/html; charset=utf-8",
    text: pageOf(page, refused, exchange)
  }
}
