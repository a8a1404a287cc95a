/** Gathers whom a settlement looks at. */
import * as Effect from "effect/Effect"
import {
  type Accrual,
  CapRules,
  EligibilityRules,
  type Player,
  type PlayerId,
  type SettlementRules,
  type Used
} from "../../rewards/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import { capUse } from "../capUse.ts"
import type { PayoutConfig } from "../PayoutConfig.ts"
import type { Ports } from "../ports.ts"
import { loadAll, type Loaded, momentOf, standingOf } from "../standing.ts"

/** Players that are looked at with one set of questions. */
const chunk = 500

const page = 1000

/** Everybody who is owed something. */
const owedPlayers = Effect.fnUntraced(function*({ earnings, settings: { dryRun } }: Ports) {
  const all: Array<PlayerId> = []
  for (let after: PlayerId | undefined;;) {
    const ids = yield* earnings.owedPlayers({ dryRun, limit: page, ...after === undefined ? {} : { after } })
    all.push(...ids)
    if (ids.length < page) return all
    after = ids.at(-1)
  }
})

/** Whether a player may be paid at this moment. */
export const isPayable = (ports: Ports, loaded: Loaded, nowMillis: number): boolean =>
  loaded.player.erasedAtMillis === null &&
  EligibilityRules.payingRefusal(standingOf(loaded, nowMillis), momentOf(ports, nowMillis)) === null

/** Under what candidates are looked at. */
export interface Look {
  readonly config: PayoutConfig
  readonly nowMillis: number
}

const byPlayer = (accruals: ReadonlyArray<Accrual>): ReadonlyMap<PlayerId, ReadonlyArray<Accrual>> =>
  Map.groupBy(accruals, ({ playerId }) => playerId)

const candidateOf = (
  { player }: Pick<Loaded, "player">,
  isEligible: boolean,
  known: { readonly caps: CapRules.Caps; readonly accruals: ReadonlyArray<Accrual>; readonly used: Used | undefined }
): SettlementRules.Candidate => ({
  playerId: player.id,
  accruals: known.accruals,
  isEligible,
  remaining: CapRules.remainingOf(known.caps, known.used?.[known.caps.unit] ?? { inDay: 0, inWeek: 0 })
})

/** Candidates among these players, as everything is stored now; an unknown player is none. */
export const candidatesAmong = Effect.fnUntraced(function*(
  ports: Ports,
  ids: ReadonlyArray<PlayerId>,
  { config: { caps }, nowMillis }: Look
): Effect.fn.Return<ReadonlyArray<SettlementRules.Candidate>, StorageError> {
  const { earnings, settings: { dryRun, resetZone } } = ports
  const players: ReadonlyArray<Player> = yield* ports.players.byIds(ids)
  const loaded = yield* loadAll(ports, players)
  const open = byPlayer(yield* earnings.open(ids, dryRun))
  const windows = CapRules.windowsOf(nowMillis, resetZone)
  const used = yield* capUse(ports, players, windows)
  return loaded.map((one) =>
    candidateOf(one, isPayable(ports, one, nowMillis), {
      caps,
      accruals: open.get(one.player.id) ?? [],
      used: used.get(one.player.id)
    })
  )
})

/** Everybody who is owed something, in no order. */
export const candidates = Effect.fnUntraced(function*(
  ports: Ports,
  look: Look
): Effect.fn.Return<ReadonlyArray<SettlementRules.Candidate>, StorageError> {
  const ids = yield* owedPlayers(ports)
  const parts = Array.from(
    { length: Math.ceil(ids.length / chunk) },
    (_, at) => ids.slice(at * chunk, (at + 1) * chunk)
  )
  return (yield* Effect.forEach(parts, (part) => candidatesAmong(ports, part, look))).flat()
})
