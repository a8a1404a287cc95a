/** Declares the pages of visitors and players. */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as Schema from "effect/Schema"
import { problemsOf } from "../../../problems/index.ts"
import { codesOf, RouteRules, type Rules } from "../../RouteRules.ts"
import { Session } from "../credentials.ts"
import { PayoutState, PlayerCopy } from "../history.ts"
import { Entered, formOf, Html, HtmlAgain, NoticeQuery, openPage, PageFollows, playerForm, playerPage } from "./page.ts"

const assetRules: Rules = {
  ...openPage,
  credential: "none",
  limit: "document",
  holds: "asset",
  problems: ["not_found"]
}

/** `GET /assets/:name`. The media type is the asset's. */
export const assetEndpoint = HttpApiEndpoint.get("asset", "/assets/:name", {
  disableCodecs: true,
  params: { name: Schema.String },
  success: Html,
  error: problemsOf(codesOf(assetRules))
}).annotate(RouteRules, assetRules)

/** `GET /`. */
export const homePage = HttpApiEndpoint.get("home", "/", {
  disableCodecs: true,
  query: { notice: NoticeQuery },
  success: Html,
  error: problemsOf(codesOf(openPage))
}).annotate(RouteRules, openPage)

/** `GET /help`. */
export const helpPage = HttpApiEndpoint.get("help", "/help", {
  disableCodecs: true,
  success: Html,
  error: problemsOf(codesOf(openPage))
}).annotate(RouteRules, openPage)

const topicRules: Rules = { ...openPage, problems: ["not_found"] }

/** `GET /help/:topic`. */
export const helpTopicPage = HttpApiEndpoint.get("helpTopic", "/help/:topic", {
  disableCodecs: true,
  params: { topic: Schema.String },
  success: Html,
  error: problemsOf(codesOf(topicRules))
}).annotate(RouteRules, topicRules)

/** `GET /app`. */
export const dashboardPage = HttpApiEndpoint.get("dashboard", "/app", {
  disableCodecs: true,
  query: { notice: NoticeQuery },
  success: Html,
  error: problemsOf(codesOf(playerPage))
}).annotate(RouteRules, playerPage).middleware(Session)

/** `GET /app/wallet`. */
export const walletPage = HttpApiEndpoint.get("wallet", "/app/wallet", {
  disableCodecs: true,
  query: { notice: NoticeQuery },
  success: Html,
  error: problemsOf(codesOf(playerPage))
}).annotate(RouteRules, playerPage).middleware(Session)

/** `POST /app/wallet`. */
export const walletForm = HttpApiEndpoint.post("linkWallet", "/app/wallet", {
  disableCodecs: true,
  payload: formOf({ banano_address: Entered }),
  success: [PageFollows, HtmlAgain],
  error: problemsOf(codesOf(playerForm))
}).annotate(RouteRules, playerForm).middleware(Session)

/** `GET /app/payouts`. */
export const payoutsPage = HttpApiEndpoint.get("payouts", "/app/payouts", {
  disableCodecs: true,
  query: { status: Schema.optionalKey(Schema.Union([Schema.Literal(""), PayoutState])), cursor: Entered },
  success: Html,
  error: problemsOf(codesOf(playerPage))
}).annotate(RouteRules, playerPage).middleware(Session)

/** `GET /app/earnings`. */
export const earningsPage = HttpApiEndpoint.get("earnings", "/app/earnings", {
  disableCodecs: true,
  query: { cursor: Entered },
  success: Html,
  error: problemsOf(codesOf(playerPage))
}).annotate(RouteRules, playerPage).middleware(Session)

/** `GET /app/account`. */
export const accountPage = HttpApiEndpoint.get("account", "/app/account", {
  disableCodecs: true,
  query: { notice: NoticeQuery },
  success: Html,
  error: problemsOf(codesOf(playerPage))
}).annotate(RouteRules, playerPage).middleware(Session)

const signOutRules: Rules = { ...playerForm, limit: "sign_in" }

/** `POST /auth/sign-out`. */
export const signOutForm = HttpApiEndpoint.post("signOut", "/auth/sign-out", {
  disableCodecs: true,
  payload: formOf({}),
  success: PageFollows,
  error: problemsOf(codesOf(signOutRules))
}).annotate(RouteRules, signOutRules).middleware(Session)

const reverifyRules: Rules = { ...playerForm, problems: ["player_not_found", "provider_unavailable"] }

/** `POST /app/reverify`. */
export const reverifyForm = HttpApiEndpoint.post("reverify", "/app/reverify", {
  disableCodecs: true,
  payload: formOf({}),
  success: PageFollows,
  error: problemsOf(codesOf(reverifyRules))
}).annotate(RouteRules, reverifyRules).middleware(Session)

/** `POST /app/account/export`. */
export const exportForm = HttpApiEndpoint.post("export", "/app/account/export", {
  disableCodecs: true,
  payload: formOf({}),
  success: PlayerCopy,
  error: problemsOf(codesOf(playerForm))
}).annotate(RouteRules, playerForm).middleware(Session)

/** `POST /app/account/sessions`. */
export const endSessionsForm = HttpApiEndpoint.post("endSessions", "/app/account/sessions", {
  disableCodecs: true,
  payload: formOf({}),
  success: PageFollows,
  error: problemsOf(codesOf(playerForm))
}).annotate(RouteRules, playerForm).middleware(Session)

const deleteRules: Rules = { ...playerForm, problems: ["payout_under_way", "player_under_review"] }

/** `POST /app/account/delete`. */
export const deleteAccountForm = HttpApiEndpoint.post("deleteAccount", "/app/account/delete", {
  disableCodecs: true,
  payload: formOf({ confirm: Entered }),
  success: [PageFollows, HtmlAgain],
  error: problemsOf(codesOf(deleteRules))
}).annotate(RouteRules, deleteRules).middleware(Session)

/** What visitors and players see. */
export const playerPagesGroup = HttpApiGroup.make("player-pages").add(
  assetEndpoint,
  homePage,
  helpPage,
  helpTopicPage,
  dashboardPage,
  walletPage,
  walletForm,
  payoutsPage,
  earningsPage,
  accountPage,
  signOutForm,
  reverifyForm,
  exportForm,
  endSessionsForm,
  deleteAccountForm
)
