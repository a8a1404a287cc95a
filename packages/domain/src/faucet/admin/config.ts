/** Changes what may change while the program runs. */
import * as Effect from "effect/Effect"
import type { StorageError } from "../../transaction/index.ts"
import type { Actor } from "../FaucetAdmin.ts"
import { ConfigChanged } from "../FaucetError.ts"
import { PayoutConfig, type VersionedConfig } from "../PayoutConfig.ts"
import { currentConfig, type Ports } from "../ports.ts"
import { difference, note } from "./audited.ts"

const worded = ({ caps, ...rest }: PayoutConfig): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])),
  caps: `${caps.perDay} a day, ${caps.perWeek} a week, in ${caps.unit}`
})

const write = Effect.fnUntraced(function*(
  ports: Ports,
  actor: Actor,
  change: { readonly before: VersionedConfig; readonly config: PayoutConfig; readonly action: string }
) {
  const { action, before, config } = change
  const after = yield* ports.configs.write(config, before.version)
  const details = { ...difference(worded(before.config), worded(config)), version: String(after.version) }
  yield* note(ports, actor, { action, subject: "payout_config", details })
  return after
})

/** Replaces the config, if nobody was faster. */
export const changeConfig = (
  ports: Ports,
  actor: Actor,
  { config, version }: { readonly config: PayoutConfig; readonly version: number }
): Effect.Effect<VersionedConfig, ConfigChanged | StorageError> =>
  ports.transaction.atomically(Effect.gen(function*() {
    const before = yield* currentConfig(ports)
    if (before.version !== version) return yield* new ConfigChanged({ version: before.version })
    return yield* write(ports, actor, { before, config, action: "payout_config.change" })
  }))

/** Turns the kill switch. Turning it where it stands is noted all the same: somebody wanted to be sure. */
export const halt = (ports: Ports, actor: Actor, isOn: boolean): Effect.Effect<VersionedConfig, StorageError> =>
  ports.transaction.atomically(Effect.gen(function*() {
    const before = yield* currentConfig(ports)
    const config = new PayoutConfig({ ...before.config, killSwitch: isOn })
    return yield* write(ports, actor, { before, config, action: isOn ? "payouts.halt" : "payouts.resume" })
  }))
