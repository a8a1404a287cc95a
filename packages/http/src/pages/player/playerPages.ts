/** Shows players where they stand, what they earned and what they were paid. */
import { accountPage, dashboardPage, earningsPage, payoutsPage, walletPage } from "@purser/contract/faucet/pages"
import type { PlayerStatus } from "@purser/domain/faucet"
import { PayoutId } from "@purser/domain/payouts"
import { AccrualId } from "@purser/domain/rewards"
import {
  type AccountView,
  paths,
  renderAccount,
  renderDashboard,
  renderEarnings,
  renderPayouts,
  renderWallet,
  type WalletView
} from "@purser/web"
import * as Effect from "effect/Effect"
import { refusing } from "../../handlers/faucet/refusals.ts"
import { pageOf } from "../../handlers/faucet/wire.ts"
import { type Implementation, implementForPlayer, type PlayerCall } from "../../server/Implementation.ts"
import { storageFailure } from "../../sessions/guards.ts"
import { banText, type PageHouse, shown } from "../PageHouse.ts"
import { accrualViews, dashboardView, payoutView, walletState } from "./views.ts"

const pageLimit = 25
const millisPerHour = 3_600_000

/** A cursor that is none asks for the first page. */
const idIn = (cursor: string | undefined): string | undefined =>
  cursor !== undefined && /^[\x21-\x7e]{1,200}$/u.test(cursor) ? cursor : undefined

/** The page of the address, with what is wrong about the one that was entered. */
export const walletView = (
  { settings }: PageHouse,
  status: PlayerStatus,
  wrong: Pick<WalletView, "entered" | "refusal"> = { entered: "", refusal: null }
): WalletView => ({
  ...walletState(status),
  ...wrong,
  coolDownHours: Math.ceil(settings.coolDownMillis / millisPerHour)
})

/** The page of the account. */
export const accountView = Effect.fnUntraced(function*(
  { identity, players }: PageHouse,
  { signedIn: { userId } }: PlayerCall,
  isUnconfirmed: boolean
) {
  const { openMinor } = yield* players.status(userId)
  const sessions = yield* Effect.mapError(identity.sessionsOf(userId), storageFailure)
  return {
    owed: openMinor === 0n ? null : banText(openMinor),
    otherSessions: Math.max(0, sessions.length - 1),
    isUnconfirmed
  } satisfies AccountView
})

const listPages = (house: PageHouse): ReadonlyArray<Implementation> => [
  implementForPlayer(payoutsPage, ({ query }, call) => {
    const status = query.status === "" ? undefined : query.status
    const after = idIn(query.cursor)
    const asked = {
      player: call.signedIn.userId,
      ...status === undefined ? {} : { status },
      ...after === undefined ? {} : { after: PayoutId.make(after) },
      sortBy: "queued",
      order: "descending"
    } as const
    return Effect.flatMap(house.payouts.list({ ...asked, limit: pageLimit + 1 }), (found) => {
      const { last, rows } = pageOf(found, pageLimit)
      const items = rows.map((payout) => payoutView(house, payout))
      const view = { items, status: status ?? null, next: last?.id ?? null, isFirst: after === undefined }
      return shown(house, call, { path: paths.payouts, render: (page) => renderPayouts(view, page) })
    })
  }),
  implementForPlayer(earningsPage, ({ query }, call) => {
    const after = idIn(query.cursor)
    const asked = {
      playerId: call.signedIn.userId,
      ...after === undefined ? {} : { after: AccrualId.make(after) },
      order: "newest_first"
    } as const
    return Effect.flatMap(house.earnings.list({ ...asked, limit: pageLimit + 1 }), (found) => {
      const { last, rows } = pageOf(found, pageLimit)
      return Effect.flatMap(accrualViews(house, rows), (items) => {
        const view = { items, next: last?.accrual.id ?? null, isFirst: after === undefined }
        return shown(house, call, { path: paths.earnings, render: (page) => renderEarnings(view, page) })
      })
    })
  })
]

/** `GET /app`, `/app/wallet`, `/app/payouts`, `/app/earnings` and `/app/account`. */
export const playerPages = (house: PageHouse): ReadonlyArray<Implementation> => [
  implementForPlayer(dashboardPage, ({ query: { notice } }, call) =>
    refusing(Effect.gen(function*() {
      const view = yield* dashboardView(house, yield* house.players.status(call.signedIn.userId))
      return yield* shown(house, call, { path: paths.dashboard, notice, render: (page) => renderDashboard(view, page) })
    }))),
  implementForPlayer(walletPage, ({ query: { notice } }, call) =>
    refusing(Effect.gen(function*() {
      const view = walletView(house, yield* house.players.status(call.signedIn.userId))
      return yield* shown(house, call, { path: paths.wallet, notice, render: (page) => renderWallet(view, page) })
    }))),
  implementForPlayer(accountPage, ({ query: { notice } }, call) =>
    refusing(Effect.gen(function*() {
      const view = yield* accountView(house, call, false)
      return yield* shown(house, call, { path: paths.account, notice, render: (page) => renderAccount(view, page) })
    }))),
  ...listPages(house)
]
