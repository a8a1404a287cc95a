/** Translates how admins look after payouts and their settings. */
import {
  adminPayoutsEndpoint,
  changeConfigEndpoint,
  configEndpoint,
  haltEndpoint,
  type PayoutConfigItem,
  type PayoutConfigState,
  retryPayoutEndpoint
} from "@purser/contract/faucet"
import { type FaucetAdmin, PayoutConfig, type VersionedConfig } from "@purser/domain/faucet"
import { PayoutId, type PayoutStore } from "@purser/domain/payouts"
import * as Effect from "effect/Effect"
import { type Implementation, implementForAdmin } from "../../server/Implementation.ts"
import { type Answered, answered, refused } from "../../server/Reply.ts"
import { orderOf } from "./player.ts"
import { replied } from "./refusals.ts"
import { adminPayoutItem, pageOf } from "./wire.ts"

const pageDefault = 50

const told = ({ config, version }: VersionedConfig): Answered<typeof PayoutConfigState.Type> =>
  answered(200, {
    version,
    config: {
      ban_per_kill: config.rateMinor,
      caps: { unit: config.caps.unit, per_day: config.caps.perDay, per_week: config.caps.perWeek },
      batch_size: config.batchSize,
      floor_ban: config.floorMinor,
      hourly_ceiling_ban: config.hourlyCeilingMinor,
      daily_ceiling_ban: config.dailyCeilingMinor,
      kill_switch: config.killSwitch
    }
  })

const configOf = (item: PayoutConfigItem): PayoutConfig =>
  new PayoutConfig({
    rateMinor: item.ban_per_kill,
    caps: { unit: item.caps.unit, perDay: item.caps.per_day, perWeek: item.caps.per_week },
    batchSize: item.batch_size,
    floorMinor: item.floor_ban,
    hourlyCeilingMinor: item.hourly_ceiling_ban,
    dailyCeilingMinor: item.daily_ceiling_ban,
    killSwitch: item.kill_switch
  })

const unproven = refused("second_factor_required")

/** What the program knows as the most of a setting; the contract's amounts reach further. */
const tooMuch = ({ ban_per_kill, daily_ceiling_ban, floor_ban, hourly_ceiling_ban }: PayoutConfigItem) => {
  const amounts = { ban_per_kill, floor_ban, hourly_ceiling_ban, daily_ceiling_ban }
  const errors = Object.entries(amounts).filter(([, minor]) => minor > mostMinor).map(([name]) => ({
    in: "body",
    field: `config.${name}`,
    message: "expected at most 1000000000 BAN"
  }))
  return errors.length === 0 ? undefined : refused("invalid_request", { members: { errors } })
}

const mostMinor = 10n ** 17n

const configHandlers = (admin: FaucetAdmin["Service"]): ReadonlyArray<Implementation> => [
  implementForAdmin(configEndpoint, () => Effect.map(admin.config, told)),
  implementForAdmin(
    changeConfigEndpoint,
    ({ payload: { config, version } }, { actor }) =>
      replied(admin.changeConfig(actor, { config: configOf(config), version }), told),
    ({ payload }) => tooMuch(payload.config)
  ),
  implementForAdmin(haltEndpoint, ({ payload: { on } }, { actor, isProven }) =>
    // To stop must never be hard; to go on moves money.
    on || isProven ? Effect.map(admin.halt(actor, on), told) : Effect.succeed(unproven))
]

/** `/admin/payouts…` and `/admin/payout/…`. */
export const adminPayoutHandlers = (
  admin: FaucetAdmin["Service"],
  payouts: PayoutStore["Service"]
): ReadonlyArray<Implementation> => [
  implementForAdmin(adminPayoutsEndpoint, ({ query }) => {
    const { cursor, dry_run, limit = pageDefault, player, sort, status } = query
    const asked = {
      ...player === undefined ? {} : { player },
      ...status === undefined ? {} : { status },
      ...dry_run === undefined ? {} : { dryRun: dry_run },
      ...cursor === undefined ? {} : { after: PayoutId.make(cursor) },
      ...orderOf(sort)
    }
    return Effect.map(payouts.list({ ...asked, limit: limit + 1 }), (found) => {
      const { last, rows } = pageOf(found, limit)
      return answered(200, { payouts: rows.map(adminPayoutItem), next: last?.id ?? null })
    })
  }),
  implementForAdmin(
    retryPayoutEndpoint,
    ({ payload }, { actor }) =>
      replied(admin.retryPayout(actor, payload.payout_id), (payout) => answered(200, adminPayoutItem(payout)))
  ),
  ...configHandlers(admin)
]
