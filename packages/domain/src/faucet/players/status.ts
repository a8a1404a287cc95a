/** Tells where a player stands. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { CapRules, EligibilityRules, type PlayerId, type Used, WalletRules } from "../../rewards/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import { capUse } from "../capUse.ts"
import type { PlayerUnknown } from "../FaucetError.ts"
import type { CapStatus, PlayerStatus } from "../Players.ts"
import { currentConfig, type Ports } from "../ports.ts"
import { loadAll, momentOf, playerOf, standingOf } from "../standing.ts"

const capsOf = (caps: CapRules.Caps, windows: CapRules.CapWindows, used: Used | undefined): CapStatus => {
  const counted = used?.[caps.unit] ?? { inDay: 0, inWeek: 0 }
  return {
    ...caps,
    ...windows,
    usedInDay: counted.inDay,
    usedInWeek: counted.inWeek,
    remaining: CapRules.remainingOf(caps, counted)
  }
}

/** Everything that a dashboard shows, at one moment. */
export const status = Effect.fnUntraced(function*(
  ports: Ports,
  playerId: PlayerId
): Effect.fn.Return<PlayerStatus, PlayerUnknown | StorageError> {
  const { earnings, settings: { dryRun, resetZone } } = ports
  const player = yield* playerOf(ports, playerId)
  const nowMillis = yield* Clock.currentTimeMillis
  const { config: { caps } } = yield* currentConfig(ports)
  const windows = CapRules.windowsOf(nowMillis, resetZone)
  const [loaded = { player, links: [], epic: null }] = yield* loadAll(ports, [player])
  const [owed] = yield* earnings.owed([playerId], dryRun)
  const used = (yield* capUse(ports, [player], windows)).get(playerId)
  const standing = standingOf(loaded, nowMillis)
  const wallet = WalletRules.payeeOf(loaded.links, nowMillis) ?? null
  const last = loaded.links.at(-1) ?? null
  return {
    player,
    wallet,
    pendingWallet: last === wallet ? null : last,
    openMinor: owed?.openMinor ?? 0n,
    openKills: owed?.openKills ?? 0,
    settledMinor: owed?.settledMinor ?? 0n,
    caps: capsOf(caps, windows, used),
    earning: EligibilityRules.earningRefusal(standing, momentOf(ports, nowMillis)),
    paying: EligibilityRules.payingRefusal(standing, momentOf(ports, nowMillis)),
    dryRun
  }
})
