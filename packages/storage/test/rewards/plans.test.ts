import { assert, describe, it } from "@effect/vitest"
import { PayoutId, PayoutStore } from "@purser/domain/payouts"
import { payoutOf } from "@purser/domain/payouts/testing"
import {
  type Accrual,
  AccrualId,
  EarningStore,
  PlayerId,
  PlayerStore,
  VerificationRecord,
  WalletStore
} from "@purser/domain/rewards"
import { accrualOf, playerOf } from "@purser/domain/rewards/testing"
import type { StorageError } from "@purser/domain/transaction"
import type { DialectName } from "@purser/storage"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import { SqlClient } from "effect/sql/SqlClient"
import { databases } from "../ledger/stores.ts"
import { learn, planOf, statementsOf } from "../plans.ts"

const times = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, index) => index)

const ids = times(2000).map((index) => PlayerId.make(`plan-${index}`))
const some = ids.slice(0, 5)
const payoutIdOf = (playerId: PlayerId): PayoutId => PayoutId.make(`${playerId}-payout`)

const rowsOf = (playerId: PlayerId): ReadonlyArray<Accrual> =>
  times(6).map((epochMinute) => accrualOf({ playerId, epochMinute }))

const record = (playerId: PlayerId, atMillis: number) =>
  new VerificationRecord({
    playerId,
    atMillis,
    source: "refresh",
    membership: "member",
    link: "linked",
    epicId: null,
    outcome: "ok"
  })

const rest = [
  `INSERT INTO wallet_address (address, player_id) SELECT 'ban_' || id, id FROM player`,
  `INSERT INTO wallet_link SELECT player_id, 1, 1, address FROM wallet_address`,
  `UPDATE accrual SET payout_id = player_id || '-payout', last_payout_id = player_id || '-payout' WHERE epoch_minute > 0`
]

/** Of six rows each a player has five in a payout. */
const fill = Effect.gen(function*() {
  const { earnings, payouts, players } = yield* stores
  yield* players.put(ids.map((id, at) => playerOf(id, { nextReadAtMillis: at, nextVerificationAtMillis: at })))
  yield* players.addVerifications(ids.map(record))
  yield* earnings.add(ids.flatMap(rowsOf), { atMillis: 0, dryRun: false })
  yield* payouts.add(ids.map((id, at) => payoutOf(payoutIdOf(id), { player: id, queuedAtMillis: at })))
  for (const statement of rest) yield* SqlClient.use((sql) => sql.unsafe(statement))
})

const stores = Effect.all({ players: PlayerStore, earnings: EarningStore, payouts: PayoutStore })

type Ask = Effect.Effect<unknown, StorageError, EarningStore | PlayerStore | WalletStore>

const players = (ask: (store: PlayerStore["Service"]) => Ask): Ask => PlayerStore.use(ask)
const earnings = (ask: (store: EarningStore["Service"]) => Ask): Ask => EarningStore.use(ask)

const [playerId, after] = [ids[7]!, AccrualId.make(`${ids[7]}:3`)]
const windows = { dayStartMillis: 10, weekStartMillis: 5 }

const cases: ReadonlyArray<readonly [index: RegExp, ask: Ask]> = [
  [/player_pkey|autoindex_player_1/u, players((store) => store.byIds(some))],
  [/player_epic_id_key|autoindex_player_3/u, players((store) => store.byEpicId(playerOf(playerId).epicId!))],
  [
    /player_discord_id_key|autoindex_player_2/u,
    players((store) => store.byDiscordIds([playerOf(playerId).discordId!]))
  ],
  [/player_reading/u, players((store) => store.dueForReading(100, 20))],
  [/player_verification/u, players((store) => store.dueForVerification(100, 20))],
  [/player_pkey|autoindex_player_1/u, players((store) => store.list({ after: playerId, limit: 20 }))],
  [/player_risk|player_pkey/u, players((store) => store.list({ risk: "hold", after: playerId, limit: 20 }))],
  [/verification_player/u, players((store) => store.verifications(playerId, 20))],
  [/wallet_link_pkey|autoindex_wallet_link_1/u, WalletStore.use((store) => store.links(some))],
  [/accrual_open/u, earnings((store) => store.open(some, false))],
  [/accrual_open/u, earnings((store) => store.owedPlayers({ dryRun: false, after: playerId, limit: 20 }))],
  [/accrual_player/u, earnings((store) => store.list({ playerId, order: "newest_first", limit: 20 }))],
  [/accrual_player/u, earnings((store) => store.list({ playerId, order: "oldest_first", after, limit: 20 }))],
  [/accrual_player|autoindex_accrual_2/u, earnings((store) => store.withRowOf(3, some))],
  [/accrual_sums/u, earnings((store) => store.owed(some, false))],
  [/accrual_payout/u, earnings((store) => store.lastIn(payoutIdOf(playerId)))],
  [/accrual_payout/u, earnings((store) => store.inPayout(payoutIdOf(playerId)))],
  [/payout_player/u, earnings((store) => store.used(some, { windows, dryRun: false }))],
  [/accrual_payout/u, earnings((store) => store.used(some, { windows, dryRun: false }))]
]

const wholeTable =
  /Seq Scan on (?:player|verification|wallet_link|accrual|payout)\b|SCAN (?:player|verification|wallet_link|accrual|[ap])(?! USING)\b/u

describe.each(Object.entries(databases))("RW-22 plans of players and earnings on %s", (name, world) => {
  it.live("walk an index, whatever the parameters", () =>
    Effect.gen(function*() {
      const dialect = name as DialectName
      yield* fill
      yield* learn(dialect, ["player", "verification", "wallet_link", "accrual", "payout"])
      for (const [index, ask] of cases) {
        for (const statement of yield* statementsOf(ask)) {
          const plan = yield* planOf(dialect, statement)
          assert.match(plan, index, statement)
          assert.notMatch(plan, wholeTable, statement)
        }
      }
    }).pipe(Effect.provide(world as Layer.Layer<Layer.Success<typeof databases.sqlite>>, { local: true })))
})
