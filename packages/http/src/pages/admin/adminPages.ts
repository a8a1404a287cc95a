/** Shows admins the program, and runs jobs and stops payouts for them. */
import {
  adminPayoutsPage,
  auditPage,
  killSwitchForm,
  overviewPage,
  retryPayoutForm,
  runJobForm
} from "@purser/contract/faucet/pages"
import type { AuditRecord } from "@purser/domain/audit"
import { type Payout, PayoutId } from "@purser/domain/payouts"
import { PlayerId } from "@purser/domain/rewards"
import type { StorageError } from "@purser/domain/transaction"
import {
  type AdminPayoutItem,
  type AuditItem,
  paths,
  renderAdminPayouts,
  renderAudit,
  renderOverview
} from "@purser/web"
import * as Effect from "effect/Effect"
import { replied } from "../../handlers/faucet/refusals.ts"
import { pageOf } from "../../handlers/faucet/wire.ts"
import { type Implementation, implementForAdmin } from "../../server/Implementation.ts"
import { refused } from "../../server/Reply.ts"
import { followedBy, isoText, isoTextOrNull, type PageHouse, shown } from "../PageHouse.ts"
import { payoutView } from "../player/views.ts"
import { overviewView } from "./views.ts"

const pageLimit = 50

/** Something that was asked for; nothing where the field was left empty. */
const given = (text: string | undefined, pattern: RegExp): string | undefined => {
  const wanted = text?.trim()
  return wanted !== undefined && pattern.test(wanted) ? wanted : undefined
}

const idPattern = /^[\x21-\x7e]{1,200}$/u
const playerPattern = /^[A-Za-z0-9._-]{1,100}$/u
const wordPattern = /^[^\p{Cc}\p{Cs}]{1,200}$/u
const sequencePattern = /^[1-9][0-9]{0,18}$/u

/** A place in a list that counts; none for what is no number. */
export const sequenceIn = (cursor: string | undefined): bigint | undefined => {
  const digits = given(cursor, sequencePattern)
  return digits === undefined ? undefined : BigInt(digits)
}

const adminPayoutViews = (
  house: PageHouse,
  payouts: ReadonlyArray<Payout>
): Effect.Effect<ReadonlyArray<AdminPayoutItem>, StorageError> => {
  const ids = [...new Set(payouts.map(({ player }) => PlayerId.make(player)))]
  return Effect.map(ids.length === 0 ? Effect.succeed([]) : house.playerStore.byIds(ids), (players) => {
    const names = new Map<string, string>(players.map(({ discordName, id }) => [id, discordName]))
    return payouts.map((payout) => ({
      ...payoutView(house, payout),
      player: { id: payout.player, name: names.get(payout.player) ?? payout.player },
      attempts: payout.attempts,
      nextAttemptAt: isoTextOrNull(payout.nextAttemptAtMillis),
      failureReason: payout.failureReason,
      canRetry: payout.status === "failed"
    }))
  })
}

const auditView = ({ entry, sequence }: AuditRecord): AuditItem => ({
  sequence: String(sequence),
  at: isoText(entry.atMillis),
  actor: entry.actor,
  action: entry.action,
  subject: entry.subject,
  details: Object.entries(entry.details).map(([name, value]) => `${name}: ${value}`).join(" · ")
})

const payoutPages = (house: PageHouse): ReadonlyArray<Implementation> => [
  implementForAdmin(adminPayoutsPage, ({ query: { cursor, notice, ...query } }, call) => {
    const status = query.status === "" ? undefined : query.status
    const player = given(query.player, playerPattern)
    const after = given(cursor, idPattern)
    const asked = {
      ...player === undefined ? {} : { player },
      ...status === undefined ? {} : { status },
      ...after === undefined ? {} : { after: PayoutId.make(after) },
      sortBy: "queued",
      order: "descending"
    } as const
    return Effect.flatMap(house.payouts.list({ ...asked, limit: pageLimit + 1 }), (found) => {
      const { last, rows } = pageOf(found, pageLimit)
      const place = {
        status: status ?? null,
        player: player ?? null,
        next: last?.id ?? null,
        isFirst: after === undefined
      }
      return Effect.flatMap(adminPayoutViews(house, rows), (items) =>
        shown(house, call, {
          path: paths.adminPayouts,
          notice,
          render: (page) => renderAdminPayouts({ items, ...place }, page)
        }))
    })
  }),
  implementForAdmin(
    retryPayoutForm,
    ({ payload: { payout_id = "" } }, { actor }) =>
      replied(house.admin.retryPayout(actor, payout_id), () => followedBy(paths.adminPayouts, "PayoutRetried"))
  )
]

const auditPages = (house: PageHouse): ReadonlyArray<Implementation> => [
  implementForAdmin(auditPage, ({ query }, call) => {
    const actor = given(query.actor, wordPattern)
    const action = given(query.action, wordPattern)
    const subject = given(query.subject, wordPattern)
    const before = sequenceIn(query.cursor)
    const asked = {
      ...actor === undefined ? {} : { actor },
      ...action === undefined ? {} : { action },
      ...subject === undefined ? {} : { subject },
      ...before === undefined ? {} : { before }
    }
    return Effect.flatMap(house.audit.list({ ...asked, limit: pageLimit + 1 }), (found) => {
      const { last, rows } = pageOf(found, pageLimit)
      const view = {
        items: rows.map(auditView),
        filter: { actor: actor ?? null, action: action ?? null, subject: subject ?? null },
        next: last === undefined ? null : String(last.sequence),
        isFirst: before === undefined
      }
      return shown(house, call, { path: paths.audit, render: (page) => renderAudit(view, page) })
    })
  })
]

const unproven = refused("second_factor_required")

/** `/app/admin`, its jobs and kill switch, payouts and the audit log. */
export const adminPages = (house: PageHouse): ReadonlyArray<Implementation> => [
  implementForAdmin(
    overviewPage,
    ({ query: { notice } }, call) =>
      Effect.flatMap(
        overviewView(house),
        (view) => shown(house, call, { path: paths.admin, notice, render: (page) => renderOverview(view, page) })
      )
  ),
  implementForAdmin(
    runJobForm,
    ({ payload: { job } }, { actor }) =>
      Effect.as(house.admin.trigger(actor, job), followedBy(paths.admin, "JobStarted"))
  ),
  implementForAdmin(killSwitchForm, ({ payload: { payouts } }, { actor, isProven }) => {
    const isStop = payouts === "stop"
    // To stop must never be hard; to go on moves money.
    if (!isStop && !isProven) return Effect.succeed(unproven)
    const notice = isStop ? "PayoutsStopped" : "PayoutsResumed"
    return Effect.as(house.admin.halt(actor, isStop), followedBy(paths.admin, notice))
  }),
  ...payoutPages(house),
  ...auditPages(house)
]
