/** Declares how admins look after payouts and their settings. */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { problemsOf } from "../../problems/index.ts"
import { Ban, Instant } from "../../scalars.ts"
import { codesOf, RouteRules, type Rules } from "../RouteRules.ts"
import { Admin } from "./credentials.ts"
import { payoutFields, PayoutSort, PayoutState } from "./history.ts"
import { Cursor, Flag, limitOf, Next } from "./paging.ts"
import { adminDoes, adminReads } from "./rules.ts"

/** A payout as admins see it. */
export const AdminPayoutItem = Schema.Struct({
  ...payoutFields,
  player: Schema.String.annotate({ description: "The opaque id of the player." }),
  round: Schema.Int.annotate({ description: "How often the debt was taken up again." }),
  attempts: Schema.Int.annotate({ description: "Since it was last queued." }),
  last_attempt_at: Schema.NullOr(Instant),
  next_attempt_at: Schema.NullOr(Instant),
  error_detail: Schema.NullOr(Schema.String).annotate({ examples: [null] })
}).annotate({ identifier: "AdminPayoutItem", description: "A payout." })

/** A page of payouts. */
export const AdminPayoutPage = Schema.Struct({ payouts: Schema.Array(AdminPayoutItem), next: Next }).annotate({
  identifier: "AdminPayoutPage",
  description: "Payouts in the order asked for."
})

/** Which payout to queue again. */
export const RetryRequest = Schema.Struct({
  payout_id: Schema.String.check(Schema.isPattern(/^[\x21-\x7e]{1,200}$/u, { expected: "the id of a payout" }))
    .annotate({ examples: ["5f0c2d9e"] })
}).annotate({ identifier: "RetryRequest" })

const Count = Schema.Int.check(
  Schema.isBetween({ minimum: 0, maximum: 1_000_000 }, { expected: "a whole number from 0 to 1000000" })
)

/** What an admin may change while the program runs. */
export const PayoutConfigItem = Schema.Struct({
  ban_per_kill: Ban.annotate({ description: "What a kill earns from now on; what is booked keeps its rate." }),
  caps: Schema.Struct({
    unit: Schema.Literals(["payouts", "kills"]),
    per_day: Count.annotate({ examples: [1] }),
    per_week: Count.annotate({ examples: [3] })
  }),
  batch_size: Schema.Int.check(
    Schema.isBetween({ minimum: 0, maximum: 100_000 }, { expected: "a whole number from 0 to 100000" })
  ).annotate({ description: "The most players of one settlement; 0 for all." }),
  floor_ban: Ban.annotate({ description: "What must stay in the wallet." }),
  hourly_ceiling_ban: Ban.annotate({ description: "The most that is paid within an hour." }),
  daily_ceiling_ban: Ban.annotate({ description: "The most that is paid within a day." }),
  kill_switch: Schema.Boolean.annotate({ description: "Nothing is signed while it is on." })
}).annotate({ identifier: "PayoutConfigItem" })
export type PayoutConfigItem = typeof PayoutConfigItem.Type

const Version = Schema.Int.check(
  Schema.isBetween({ minimum: 0, maximum: 2_147_483_647 }, { expected: "a whole number from 0" })
).annotate({ description: "How often the settings were changed.", examples: [4] })

const versioned = { version: Version, config: PayoutConfigItem }

/** The settings in force. */
export const PayoutConfigState = Schema.Struct(versioned).annotate({
  identifier: "PayoutConfigState",
  description: "The settings in force."
})

/** A change, made from the settings of a version. */
export const PayoutConfigChange = Schema.Struct(versioned).annotate({ identifier: "PayoutConfigChange" })

/** How the kill switch is to stand. */
export const HaltRequest = Schema.Struct({ on: Schema.Boolean.annotate({ examples: [true] }) }).annotate({
  identifier: "HaltRequest"
})

/** `GET /admin/payouts`. */
export const adminPayoutsEndpoint = HttpApiEndpoint.get("payouts", "/admin/payouts", {
  disableCodecs: true,
  query: {
    status: Schema.optionalKey(PayoutState),
    player: Schema.optionalKey(
      Schema.String.check(Schema.isPattern(/^[A-Za-z0-9._-]{1,100}$/u, { expected: "the id of a player" }))
    ),
    dry_run: Schema.optionalKey(Flag),
    sort: Schema.optionalKey(PayoutSort),
    cursor: Cursor,
    limit: limitOf({ most: 200, usual: 50 })
  },
  success: AdminPayoutPage,
  error: problemsOf(codesOf(adminReads))
}).annotate(RouteRules, adminReads).middleware(Admin).annotateMerge(OpenApi.annotations({
  summary: "List payouts",
  description: "Of all players. Keep filter and order from page to page."
}))

const retryRules: Rules = {
  ...adminDoes("payout.retry"),
  credential: "proven_admin",
  problems: ["payout_not_found", "payout_refused"]
}

/** `POST /admin/payouts/retry`. */
export const retryPayoutEndpoint = HttpApiEndpoint.post("retry", "/admin/payouts/retry", {
  disableCodecs: true,
  payload: RetryRequest,
  success: AdminPayoutItem,
  error: problemsOf(codesOf(retryRules))
}).annotate(RouteRules, retryRules).middleware(Admin).annotateMerge(OpenApi.annotations({
  summary: "Queue a failed payout again",
  description:
    "Acts on the debt: it can not pay twice. What is paid, may still land or is in another payout is refused."
}))

/** `GET /admin/payout/config`. */
export const configEndpoint = HttpApiEndpoint.get("config", "/admin/payout/config", {
  disableCodecs: true,
  success: PayoutConfigState,
  error: problemsOf(codesOf(adminReads))
}).annotate(RouteRules, adminReads).middleware(Admin).annotateMerge(OpenApi.annotations({
  summary: "Read the settings of payouts",
  description: "Version 0 is what the operator configured."
}))

const changeRules: Rules = {
  ...adminDoes("payout_config.change"),
  credential: "proven_admin",
  problems: ["config_changed"]
}

/** `POST /admin/payout/config`. */
export const changeConfigEndpoint = HttpApiEndpoint.post("changeConfig", "/admin/payout/config", {
  disableCodecs: true,
  payload: PayoutConfigChange,
  success: PayoutConfigState,
  error: problemsOf(codesOf(changeRules))
}).annotate(RouteRules, changeRules).middleware(Admin).annotateMerge(OpenApi.annotations({
  summary: "Change the settings of payouts",
  description: "Replaces all of them, if they still are at `version`."
}))

const haltRules: Rules = { ...adminDoes("payouts.halt"), problems: ["second_factor_required"] }

/** `POST /admin/payout/halt`. */
export const haltEndpoint = HttpApiEndpoint.post("halt", "/admin/payout/halt", {
  disableCodecs: true,
  payload: HaltRequest,
  success: PayoutConfigState,
  error: problemsOf(codesOf(haltRules))
}).annotate(RouteRules, haltRules).middleware(Admin).annotateMerge(OpenApi.annotations({
  summary: "Stop or resume payouts",
  description: "To stop needs no second factor; to resume does."
}))

/** Payouts of all players. */
export const adminPayoutsGroup = HttpApiGroup.make("admin-payouts").add(
  adminPayoutsEndpoint,
  retryPayoutEndpoint,
  configEndpoint,
  changeConfigEndpoint,
  haltEndpoint
).annotateMerge(OpenApi.annotations({ title: "Payouts", description: "Payouts of all players, and their settings." }))
