import { assert, describe, it } from "@effect/vitest"
import {
  BlockReference,
  BlockStore,
  type Payout,
  PayoutId,
  type PayoutQuery,
  PayoutStatus,
  PayoutStore
} from "@purser/domain/payouts"
import { payoutOf } from "@purser/domain/payouts/testing"
import type { StorageError } from "@purser/domain/transaction"
import type { DialectName } from "@purser/storage"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import { SqlClient } from "effect/sql/SqlClient"
import { databases } from "../ledger/stores.ts"
import { learn, planOf, statementsOf } from "../plans.ts"

const account = "ban_operator"

/** Most were paid long ago; a few are under way, and many wait. */
const payouts: ReadonlyArray<Payout> = Array.from({ length: 3000 }, (_, index) => {
  const status = index < 2000 ? "confirmed" : index < 2010 ? PayoutStatus.literals[1 + index % 3]! : "queued"
  return payoutOf(`payout/${index}`, {
    player: `player-${index % 100}`,
    amountMinor: BigInt(1 + index % 700),
    status,
    queuedAtMillis: index,
    block: status === "queued" ? null : BlockReference.make(`block/${index}`)
  })
})

/** A block for each payout that was signed. */
const blocks = `INSERT INTO operator_block
  (hash, account, previous, height, kind, amount_minor, balance_raw, body, payout_id, state, stored_at_millis)
  SELECT block, '${account}', 'before/' || block, queued_at_millis + 1, 1, amount_minor, '1', '{}', id,
    CASE status WHEN 5 THEN 3 ELSE 2 END, queued_at_millis
  FROM payout WHERE block IS NOT NULL`

const fill = (dialect: DialectName) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient
    yield* PayoutStore.use((store) => store.add(payouts))
    yield* sql.unsafe(blocks)
    yield* learn(dialect, ["payout", "operator_block"])
  })

const list = (query: Partial<PayoutQuery>) =>
  PayoutStore.use((store) => store.list({ sortBy: "queued", order: "descending", limit: 20, ...query }))

const after = PayoutId.make("payout/7")

type Ask = Effect.Effect<unknown, StorageError, BlockStore | PayoutStore>
const cases: ReadonlyArray<readonly [index: RegExp, ask: Ask]> = [
  // SQLite finds the few that may have landed by their status, and sorts only them.
  [/payout_landing|payout_status \(status=\?\)/u, PayoutStore.use((store) => store.due(0, 20))],
  [/payout_status/u, PayoutStore.use((store) => store.due(0, 20))],
  [/payout_status/u, PayoutStore.use((store) => store.queuedBeforeMinor(payouts[2100]!))],
  [/payout_queued/u, list({})],
  [/payout_queued/u, list({ after })],
  [/payout_amount/u, list({ sortBy: "amount", after, order: "ascending" })],
  [/payout_status/u, list({ sortBy: "status", after })],
  [/payout_status/u, list({ status: "queued", after })],
  [/payout_player/u, list({ player: "player-7", after })],
  [/operator_block_open/u, BlockStore.use((store) => store.open(account, 20))],
  [/operator_block_height/u, BlockStore.use((store) => store.newest(account))],
  [/operator_block_time/u, BlockStore.use((store) => store.sentSinceMinor(account, 1990))]
]

const wholeTable = /Seq Scan on (?:payout|operator_block)\b|SCAN (?:payout|operator_block)(?! USING)/u

describe.each(Object.entries(databases))("RW-8 RW-9 plans of payouts and blocks on %s", (name, world) => {
  it.live("walk an index, whatever the parameters", () =>
    Effect.gen(function*() {
      yield* fill(name as DialectName)
      for (const [index, ask] of cases) {
        for (const statement of yield* statementsOf(ask)) {
          const plan = yield* planOf(name as DialectName, statement)
          assert.match(plan, index)
          assert.notMatch(plan, wholeTable)
        }
      }
    }).pipe(Effect.provide(world as Layer.Layer<Layer.Success<typeof databases.sqlite>>, { local: true })))
})
