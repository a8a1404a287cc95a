/** Holds what pages stand on, and puts a frame around each. */
import type { AuditLog } from "@purser/domain/audit"
import type { FaucetAdmin, FaucetSettings, Players } from "@purser/domain/faucet"
import { type Identity, IdentityRules, type SignedIn } from "@purser/domain/identity"
import { Amount, Asset } from "@purser/domain/money"
import type { PayoutStore } from "@purser/domain/payouts"
import type { EarningStore, PlayerStore } from "@purser/domain/rewards"
import { negotiateLocale, type Notice, type Page } from "@purser/web"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { FaucetHttpOptions } from "../FaucetHttp.ts"
import type { Process } from "../handlers/faucet/adminProgram.ts"
import { type Answered, answered, movedTo } from "../server/Reply.ts"

/** What the pages of a door stand on. */
export interface PageHouse {
  readonly options: FaucetHttpOptions
  readonly freshForMillis: number
  readonly process: Process
  readonly settings: FaucetSettings["Service"]
  readonly identity: Identity["Service"]
  readonly players: Players["Service"]
  readonly admin: FaucetAdmin["Service"]
  readonly audit: AuditLog["Service"]
  readonly earnings: EarningStore["Service"]
  readonly payouts: PayoutStore["Service"]
  readonly playerStore: PlayerStore["Service"]
}

/** Who looks at a page, and in which language. */
export interface Viewer {
  readonly acceptLanguage: string | undefined
  readonly signedIn: SignedIn | null
  readonly formToken: string | null
}

/** Which page is looked at, and what was done just before. */
export interface Place {
  readonly path: string
  readonly notice?: Notice | undefined
}

const minutesDefault = 20

/** How often payouts are settled, for people to read. */
export const settlementMinutes = ({ options }: PageHouse): number => options.settlementMinutes ?? minutesDefault

const factorOf = (signedIn: SignedIn, isFresh: boolean) => {
  if (isFresh) return "fresh"
  return signedIn.secondFactor === "enrolled" ? "stale" : "none"
}

/** The frame of a page at a moment. */
export const frameAt = (house: PageHouse, viewer: Viewer, { nowMillis, notice, path }: Place & {
  readonly nowMillis: number
}): Page => {
  const { freshForMillis, options: { product, publicUrl, timeZone = "UTC" }, process } = house
  const { acceptLanguage, formToken, signedIn } = viewer
  return {
    product,
    locale: negotiateLocale(acceptLanguage, product.defaultLocale),
    path,
    publicUrl,
    timeZone,
    signedIn: signedIn && {
      name: signedIn.discordName,
      isAdmin: signedIn.roles.has("admin"),
      secondFactor: factorOf(
        signedIn,
        IdentityRules.isFresh(signedIn.secondFactorAtMillis, nowMillis, freshForMillis)
      )
    },
    csrf: formToken,
    sandboxBanner: process.sandboxed,
    dryRunBanner: process.dryRun,
    notice: notice ?? null
  }
}

/** The frame of a page now. */
export const frameOf = (house: PageHouse, viewer: Viewer, place: Place): Effect.Effect<Page> =>
  Effect.map(Clock.currentTimeMillis, (nowMillis) => frameAt(house, viewer, { ...place, nowMillis }))

/** A page, with a form on it that was refused where the status says so. */
export const html = (text: string, status: 200 | 400 | 409 = 200): Answered<string> => ({
  ...answered(status, text),
  mediaType: "text/html; charset=utf-8"
})

/** Shows a page. */
export const shown = (
  house: PageHouse,
  viewer: Viewer,
  place: Place & { readonly render: (page: Page) => string }
): Effect.Effect<Answered<string>> => Effect.map(frameOf(house, viewer, place), (page) => html(place.render(page)))

/** Goes on to a page that tells what was done. */
export const followedBy = (path: string, notice?: Notice, cookies: ReadonlyArray<string> = []): Answered<void> =>
  movedTo(notice === undefined ? path : `${path}?notice=${notice}`, { status: 303, cookies })

/** An amount for a page. */
export const banText = (minor: bigint): string => Amount.print(minor, Asset.BAN)

/** A moment for a page. */
export const isoText = (millis: number): string => DateTime.formatIso(DateTime.makeUnsafe(millis))

/** A moment, or none. */
export const isoTextOrNull = (millis: number | null): string | null => millis === null ? null : isoText(millis)
