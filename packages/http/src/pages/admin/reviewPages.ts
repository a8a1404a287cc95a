/** Shows admins the signs of abuse, and takes their decisions. */
import { decideForm, reviewsPage } from "@purser/contract/faucet/pages"
import { Verdict } from "@purser/domain/risk"
import type { StorageError } from "@purser/domain/transaction"
import { paths, renderReviews, type ReviewRefusal, type ReviewsView } from "@purser/web"
import * as Effect from "effect/Effect"
import { replied } from "../../handlers/faucet/refusals.ts"
import { pageOf } from "../../handlers/faucet/wire.ts"
import { type Implementation, implementForAdmin, type Input } from "../../server/Implementation.ts"
import { followedBy, frameOf, html, type PageHouse, shown } from "../PageHouse.ts"
import { sequenceIn } from "./adminPages.ts"
import { reviewView } from "./views.ts"

const pageLimit = 25
const noteMost = 1_000

const isVerdict = (text: string | undefined): text is typeof Verdict.Type =>
  Verdict.literals.some((verdict) => verdict === text)

interface Asked {
  readonly show: ReviewsView["show"]
  readonly before: bigint | undefined
  readonly refused: ReviewsView["refused"]
}

const viewOf = (
  { admin }: PageHouse,
  { before, refused, show }: Asked
): Effect.Effect<ReviewsView, StorageError> => {
  const asked = { isOpen: show === "open", ...before === undefined ? {} : { before } }
  return Effect.map(admin.reviews({ ...asked, limit: pageLimit + 1 }), (found) => {
    const { last, rows } = pageOf(found, pageLimit)
    return {
      items: rows.map(reviewView),
      show,
      refused,
      next: last === undefined ? null : String(last.raised.sequence),
      isFirst: before === undefined
    }
  })
}

type Decision = Input<typeof decideForm>["payload"]

/** What is missing from a decision. */
const missing = ({ note = "", verdict }: Decision): ReviewRefusal | undefined => {
  if (!isVerdict(verdict)) return "VerdictMissing"
  if (note.trim() === "") return "NoteMissing"
  return note.length > noteMost ? "NoteTooLong" : undefined
}

/** `GET` and `POST /app/admin/reviews`. */
export const reviewPages = (house: PageHouse): ReadonlyArray<Implementation> => [
  implementForAdmin(
    reviewsPage,
    ({ query: { cursor, notice, show = "open" } }, call) =>
      Effect.flatMap(
        viewOf(house, { show, before: sequenceIn(cursor), refused: null }),
        (view) => shown(house, call, { path: paths.reviews, notice, render: (page) => renderReviews(view, page) })
      )
  ),
  implementForAdmin(decideForm, ({ payload }, call) => {
    const { dedupe_key: dedupeKey = "", note = "", verdict } = payload
    const why = missing(payload)
    if (why === undefined && isVerdict(verdict)) {
      const decision = { dedupeKey, verdict, note }
      return replied(house.admin.review(call.actor, decision), () => followedBy(paths.reviews, "DecisionKept"))
    }
    const refused = { dedupeKey, why: why ?? "VerdictMissing", verdict: isVerdict(verdict) ? verdict : null, note }
    return Effect.gen(function*() {
      const view = yield* viewOf(house, { show: "open", before: undefined, refused })
      return html(renderReviews(view, yield* frameOf(house, call, { path: paths.reviews })), 400)
    })
  })
]
