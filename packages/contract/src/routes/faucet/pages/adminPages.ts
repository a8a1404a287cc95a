/** Declares the pages of admins. */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as Schema from "effect/Schema"
import { problemsOf } from "../../../problems/index.ts"
import { codesOf, RouteRules, type Rules } from "../../RouteRules.ts"
import { JobName } from "../adminProgram.ts"
import { Admin } from "../credentials.ts"
import { PayoutState } from "../history.ts"
import {
  adminForm,
  adminPage,
  Entered,
  formOf,
  Html,
  HtmlAgain,
  HtmlConflict,
  NoticeQuery,
  PageFollows
} from "./page.ts"

const answers = { disableCodecs: true, success: Html, error: problemsOf(codesOf(adminPage)) } as const

/** `GET /app/admin`. */
export const overviewPage = HttpApiEndpoint.get("overview", "/app/admin", {
  ...answers,
  query: { notice: NoticeQuery }
})
  .annotate(RouteRules, adminPage).middleware(Admin)

const runJobRules = adminForm("job.trigger")

/** `POST /app/admin/jobs`. */
export const runJobForm = HttpApiEndpoint.post("runJob", "/app/admin/jobs", {
  disableCodecs: true,
  payload: formOf({ job: JobName }),
  success: PageFollows,
  error: problemsOf(codesOf(runJobRules))
}).annotate(RouteRules, runJobRules).middleware(Admin)

const killSwitchRules: Rules = { ...adminForm("payouts.halt"), problems: ["second_factor_required"] }

/** `POST /app/admin/kill-switch`. */
export const killSwitchForm = HttpApiEndpoint.post("killSwitch", "/app/admin/kill-switch", {
  disableCodecs: true,
  payload: formOf({ payouts: Schema.Literals(["stop", "resume"]), note: Entered }),
  success: PageFollows,
  error: problemsOf(codesOf(killSwitchRules))
}).annotate(RouteRules, killSwitchRules).middleware(Admin)

/** `GET /app/admin/payouts`. */
export const adminPayoutsPage = HttpApiEndpoint.get("payouts", "/app/admin/payouts", {
  ...answers,
  query: {
    status: Schema.optionalKey(Schema.Union([Schema.Literal(""), PayoutState])),
    player: Entered,
    cursor: Entered,
    notice: NoticeQuery
  }
}).annotate(RouteRules, adminPage).middleware(Admin)

const retryRules: Rules = {
  ...adminForm("payout.retry"),
  credential: "proven_admin",
  problems: ["payout_not_found", "payout_refused"]
}

/** `POST /app/admin/payouts/retry`. */
export const retryPayoutForm = HttpApiEndpoint.post("retryPayout", "/app/admin/payouts/retry", {
  disableCodecs: true,
  payload: formOf({ payout_id: Entered }),
  success: PageFollows,
  error: problemsOf(codesOf(retryRules))
}).annotate(RouteRules, retryRules).middleware(Admin)

/** `GET /app/admin/reviews`. */
export const reviewsPage = HttpApiEndpoint.get("reviews", "/app/admin/reviews", {
  ...answers,
  query: {
    show: Schema.optionalKey(Schema.Literals(["open", "decided"])),
    cursor: Entered,
    notice: NoticeQuery
  }
}).annotate(RouteRules, adminPage).middleware(Admin)

const decideRules: Rules = {
  ...adminForm("risk.review"),
  credential: "proven_admin",
  problems: ["review_not_found"]
}

/** `POST /app/admin/reviews`. */
export const decideForm = HttpApiEndpoint.post("decide", "/app/admin/reviews", {
  disableCodecs: true,
  payload: formOf({ dedupe_key: Entered, verdict: Entered, note: Entered }),
  success: [PageFollows, HtmlAgain],
  error: problemsOf(codesOf(decideRules))
}).annotate(RouteRules, decideRules).middleware(Admin)

/** `GET /app/admin/audit`. */
export const auditPage = HttpApiEndpoint.get("audit", "/app/admin/audit", {
  ...answers,
  query: { actor: Entered, action: Entered, subject: Entered, cursor: Entered }
}).annotate(RouteRules, adminPage).middleware(Admin)

/** `GET /app/admin/payout-config`. */
export const payoutConfigPage = HttpApiEndpoint.get("payoutConfig", "/app/admin/payout-config", {
  ...answers,
  query: { notice: NoticeQuery }
}).annotate(RouteRules, adminPage).middleware(Admin)

const changeRules: Rules = {
  ...adminForm("payout_config.change"),
  credential: "proven_admin",
  problems: ["config_changed"]
}

/** `POST /app/admin/payout-config`. */
export const changeConfigForm = HttpApiEndpoint.post("changeConfig", "/app/admin/payout-config", {
  disableCodecs: true,
  payload: formOf({
    version: Entered,
    ratePerKill: Entered,
    capUnit: Entered,
    capPerDay: Entered,
    capPerWeek: Entered,
    settlementMinutes: Entered,
    batchSize: Entered,
    minOperatorBalance: Entered,
    hourlyCeiling: Entered,
    dailyCeiling: Entered
  }),
  success: [PageFollows, HtmlAgain, HtmlConflict],
  error: problemsOf(codesOf(changeRules))
}).annotate(RouteRules, changeRules).middleware(Admin)

/** `GET /app/admin/second-factor`. */
export const enrolPage = HttpApiEndpoint.get("enrol", "/app/admin/second-factor", {
  ...answers,
  query: { notice: NoticeQuery },
  success: [Html, PageFollows]
}).annotate(RouteRules, adminPage).middleware(Admin)

const codeRules: Rules = {
  ...adminPage,
  body: "form",
  limit: "sign_in",
  audit: { omitted: "whoever proves who they are acts on nothing but their own session" },
  problems: ["code_refused", "second_factor_missing", "second_factor_required", "too_many_codes", "session_required"]
}

/** `POST /app/admin/second-factor`. */
export const enrolForm = HttpApiEndpoint.post("confirm", "/app/admin/second-factor", {
  disableCodecs: true,
  payload: formOf({ code: Entered }),
  success: [PageFollows, HtmlAgain],
  error: problemsOf(codesOf(codeRules))
}).annotate(RouteRules, codeRules).middleware(Admin)

/** `GET /app/admin/step-up`. */
export const stepUpPage = HttpApiEndpoint.get("stepUp", "/app/admin/step-up", {
  ...answers,
  query: { next: Entered }
}).annotate(RouteRules, adminPage).middleware(Admin)

/** `POST /app/admin/step-up`. */
export const stepUpForm = HttpApiEndpoint.post("giveCode", "/app/admin/step-up", {
  disableCodecs: true,
  payload: formOf({ code: Entered, next: Entered }),
  success: [PageFollows, HtmlAgain],
  error: problemsOf(codesOf(codeRules))
}).annotate(RouteRules, codeRules).middleware(Admin)

/** What admins see. */
export const adminPagesGroup = HttpApiGroup.make("admin-pages").add(
  overviewPage,
  runJobForm,
  killSwitchForm,
  adminPayoutsPage,
  retryPayoutForm,
  reviewsPage,
  decideForm,
  auditPage,
  payoutConfigPage,
  changeConfigForm,
  enrolPage,
  enrolForm,
  stepUpPage,
  stepUpForm
)
