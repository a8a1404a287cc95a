/** Translates what players see and do. */
import {
  accrualsEndpoint,
  eraseEndpoint,
  exportEndpoint,
  linkWalletEndpoint,
  payoutsEndpoint,
  type PayoutSort,
  type PlayerCopy,
  type PlayerState,
  type Reverified,
  reverifyEndpoint,
  statusEndpoint,
  type WalletLinked
} from "@purser/contract/faucet"
import type { FaucetSettings, PlayerExport, Players, PlayerStatus } from "@purser/domain/faucet"
import type { Identity } from "@purser/domain/identity"
import { PayoutId, type PayoutQuery, type PayoutStore } from "@purser/domain/payouts"
import { AccrualId, type EarningStore, type Player } from "@purser/domain/rewards"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { type Implementation, implementForPlayer } from "../../server/Implementation.ts"
import { type Answered, answered, withCookies } from "../../server/Reply.ts"
import { storageFailure } from "../../sessions/guards.ts"
import { malformedAddress, replied } from "./refusals.ts"
import { accrualItem, instant, instantOrNull, pageOf, payoutItem, walletItem } from "./wire.ts"

/** What the handlers of players stand on. */
export interface PlayerHouse {
  readonly players: Players["Service"]
  readonly identity: Identity["Service"]
  readonly settings: FaucetSettings["Service"]
  readonly earnings: EarningStore["Service"]
  readonly payouts: PayoutStore["Service"]
}

/** What the last verification came to. */
export const verifiedStatus = ({ link, membership }: Player): PlayerState["last_verified_status"] => {
  if (membership === "left" || link === "not_linked") return "mismatch"
  return membership === "member" && link === "linked" ? "ok" : "unknown"
}

const capStatus = ({ caps }: PlayerStatus): PlayerState["cap_status"] => ({
  unit: caps.unit,
  daily: { used: caps.usedInDay, cap: caps.perDay, since: instant(caps.dayStartMillis) },
  weekly: { used: caps.usedInWeek, cap: caps.perWeek, since: instant(caps.weekStartMillis) },
  remaining: caps.remaining,
  at_cap: caps.remaining === 0
})

const told = (status: PlayerStatus): PlayerState => {
  const { pendingWallet, player, wallet } = status
  return {
    discord_username: player.discordName,
    membership: player.membership,
    link: player.link,
    epic_account_id: player.epicId,
    linked: wallet !== null,
    wallet_address: wallet?.address ?? null,
    pending_wallet: pendingWallet && walletItem(pendingWallet),
    last_verified_at: instantOrNull(player.verifiedAtMillis),
    last_verified_status: verifiedStatus(player),
    last_verified_source: player.verifiedBy,
    accrued_rewards_ban: status.openMinor,
    accrued_kills: status.openKills,
    settled_rewards_ban: status.settledMinor,
    cap_status: capStatus(status),
    earning_refusal: status.earning,
    paying_refusal: status.paying,
    dry_run: status.dryRun
  }
}

/** What was found out about a player. */
export const reverified = (player: Player): typeof Reverified.Type => ({
  status: "accepted",
  discord_id: player.discordId,
  epic_account_id: player.epicId,
  membership: player.membership,
  link: player.link
})

/** A change waits where the address that was given is not the one that is paid. */
const linked = ({ pendingWallet, wallet }: PlayerStatus, address: string): Answered<typeof WalletLinked.Type> => {
  const isPending = pendingWallet?.address === address
  const link = isPending ? pendingWallet : wallet
  return answered(200, {
    linked: true,
    address,
    effective_at: instant(link?.effectiveAtMillis ?? 0),
    pending: isPending
  })
}

/** Everything that is kept about a player, in the words of the contract. */
export const copyOf = ({ accruals, payouts, player, verifications, wallets }: PlayerExport): PlayerCopy => ({
  player: {
    id: player.id,
    discord_id: player.discordId,
    discord_username: player.discordName,
    epic_account_id: player.epicId,
    membership: player.membership,
    link: player.link,
    region: player.region,
    created_at: instant(player.createdAtMillis),
    last_verified_at: instantOrNull(player.verifiedAtMillis)
  },
  wallets: wallets.map(walletItem),
  verifications: verifications.map((record) => ({
    at: instant(record.atMillis),
    source: record.source,
    membership: record.membership,
    link: record.link,
    epic_account_id: record.epicId,
    outcome: record.outcome
  })),
  accruals: accruals.map(accrualItem),
  payouts: payouts.map(payoutItem)
})

const columns = { created_at: "queued", amount_ban: "amount", status: "status" } as const

/** The order of a list of payouts; newest first unless asked otherwise. */
export const orderOf = (sort: typeof PayoutSort.Type = "-created_at"): Pick<PayoutQuery, "sortBy" | "order"> => {
  const isDescending = sort.startsWith("-")
  const column = (isDescending ? sort.slice(1) : sort) as keyof typeof columns
  return { sortBy: columns[column], order: isDescending ? "descending" : "ascending" }
}

const payoutsDefault = 20
const accrualsDefault = 50

const historyHandlers = ({ earnings, payouts, players }: PlayerHouse): ReadonlyArray<Implementation> => [
  implementForPlayer(payoutsEndpoint, ({ query }, { signedIn }) => {
    const { cursor, limit = payoutsDefault, sort, status } = query
    const asked = {
      player: signedIn.userId,
      ...status === undefined ? {} : { status },
      ...cursor === undefined ? {} : { after: PayoutId.make(cursor) },
      ...orderOf(sort)
    }
    return Effect.map(payouts.list({ ...asked, limit: limit + 1 }), (found) => {
      const { last, rows } = pageOf(found, limit)
      return answered(200, { payouts: rows.map(payoutItem), next: last?.id ?? null })
    })
  }),
  implementForPlayer(accrualsEndpoint, ({ query }, { signedIn }) => {
    const { cursor, limit = accrualsDefault, settled } = query
    const asked = {
      playerId: signedIn.userId,
      ...settled === undefined ? {} : { isSettled: settled },
      ...cursor === undefined ? {} : { after: AccrualId.make(cursor) },
      order: "newest_first"
    } as const
    return Effect.map(earnings.list({ ...asked, limit: limit + 1 }), (found) => {
      const { last, rows } = pageOf(found, limit)
      return answered(200, { accruals: rows.map(accrualItem), next: last?.accrual.id ?? null })
    })
  }),
  implementForPlayer(
    exportEndpoint,
    (_input, { signedIn }) =>
      replied(players.export(signedIn.userId), (copy) => ({ ...answered(200, copyOf(copy)), headers: asFile }))
  )
]

/** Saves an answer instead of showing it. */
export const asFile = ["Content-Disposition", "attachment; filename=\"my-data.json\""]

/** Forgets the player, and then who the user was; the browser has no session afterwards. Answers with the cookies. */
export const eraseAll = ({ identity, players }: Pick<PlayerHouse, "identity" | "players">) =>
(
  { cookieHeader, signedIn: { userId } }: Parameters<Parameters<typeof implementForPlayer>[1]>[1]
) =>
  players.erase(userId).pipe(
    // Who never became a player, or was erased just now, is forgotten all the same.
    Effect.catchTag("PlayerUnknown", () => Effect.void),
    Effect.andThen(
      Effect.mapError(
        Effect.tap(identity.logout(cookieHeader), () => identity.erase(userId)),
        storageFailure
      )
    )
  )

/** `GET /me/…`, `POST /me/…` and `POST /link/wallet`. */
export const playerHandlers = (house: PlayerHouse): ReadonlyArray<Implementation> => {
  const { players, settings } = house
  return [
    implementForPlayer(
      statusEndpoint,
      (_input, { signedIn }) => replied(players.status(signedIn.userId), (status) => answered(200, told(status)))
    ),
    implementForPlayer(
      linkWalletEndpoint,
      ({ payload }, { signedIn }) =>
        replied(
          players.linkWallet(signedIn.userId, payload.banano_address),
          (status) =>
            linked(status, Result.getOrElse(settings.parsePayee(payload.banano_address), () => payload.banano_address))
        ),
      ({ payload }) =>
        Result.match(settings.parsePayee(payload.banano_address), {
          onSuccess: () => undefined,
          onFailure: malformedAddress
        })
    ),
    implementForPlayer(
      reverifyEndpoint,
      (_input, { signedIn }) =>
        replied(players.verify(signedIn.userId, "player"), (player) => answered(200, reverified(player)))
    ),
    implementForPlayer(
      eraseEndpoint,
      (_input, call) =>
        replied(eraseAll(house)(call), (cookies) => withCookies(answered(200, { erased: true } as const), cookies))
    ),
    ...historyHandlers(house)
  ]
}
