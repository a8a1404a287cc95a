/** Shows admins the settings of payouts, and changes them. */
import { changeConfigForm, payoutConfigPage } from "@purser/contract/faucet/pages"
import { paths, type PayoutConfigView, renderPayoutConfig } from "@purser/web"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { type AdminCall, type Implementation, implementForAdmin } from "../../server/Implementation.ts"
import { followedBy, frameOf, html, type PageHouse, settlementMinutes, shown } from "../PageHouse.ts"
import { type EnteredConfig, enteredValues, readConfig, valuesOf } from "./configForm.ts"

/** The version that the form was filled from; what is none is behind all others. */
const versionIn = ({ version = "" }: EnteredConfig): number => /^\d{1,9}$/u.test(version) ? Number(version) : -1

const again = (
  house: PageHouse,
  call: AdminCall,
  { entered, ...wrong }: Omit<PayoutConfigView, "values"> & { readonly entered: EnteredConfig }
) =>
  Effect.map(
    frameOf(house, call, { path: paths.payoutConfig }),
    (page) =>
      html(
        renderPayoutConfig({ ...wrong, values: enteredValues(entered) }, page),
        wrong.isConflict ? 409 : 400
      )
  )

/** `GET` and `POST /app/admin/payout-config`. */
export const configPages = (house: PageHouse): ReadonlyArray<Implementation> => [
  implementForAdmin(
    payoutConfigPage,
    ({ query: { notice } }, call) =>
      Effect.flatMap(house.admin.config, ({ config, version }) => {
        const values = valuesOf(config, settlementMinutes(house))
        const view = { values, refusals: {}, version: String(version), isConflict: false }
        return shown(house, call, {
          path: paths.payoutConfig,
          notice,
          render: (page) => renderPayoutConfig(view, page)
        })
      })
  ),
  implementForAdmin(changeConfigForm, ({ payload: entered }, call) =>
    Effect.gen(function*() {
      const current = yield* house.admin.config
      const read = readConfig(entered, {
        killSwitch: current.config.killSwitch,
        settlementMinutes: settlementMinutes(house)
      })
      const version = versionIn(entered)
      if (Result.isFailure(read)) {
        const wrong = { refusals: read.failure, version: String(version), isConflict: false }
        return yield* again(house, call, { entered, ...wrong })
      }
      return yield* house.admin.changeConfig(call.actor, { config: read.success, version }).pipe(
        Effect.as(followedBy(paths.payoutConfig, "ConfigSaved")),
        Effect.catchTag("ConfigChanged", (newer) =>
          again(house, call, { entered, refusals: {}, version: String(newer.version), isConflict: true }))
      )
    }))
]
