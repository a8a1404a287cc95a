/** Keeps Epic accounts and what was booked of them in memory. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import { type Payout, PayoutStore } from "../../payouts/index.ts"
import { MemoryState, type MemoryTable } from "../../transaction/testing/index.ts"
import {
  boundEarningPages,
  type CapRules,
  EarningStore,
  EpicAccount,
  type EpicId,
  type Owed,
  type PlayerId,
  type Used
} from "../index.ts"
import { add, assign, keptOf, page, release, remove, type Row, type Rows, select, split } from "./accrualTable.ts"
import { byText } from "./byText.ts"

type Earner = Pick<Row["accrual"], "epicId" | "playerId">
type Accounts = MemoryTable<EpicId, EpicAccount>

const higher = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? one ?? other : Math.max(one, other)

const putEpicAccounts = (accounts: Accounts, given: ReadonlyArray<EpicAccount>): void => {
  for (const account of given) {
    const highWaterKills = higher(account.highWaterKills, accounts.get(account.epicId)?.highWaterKills ?? null)
    accounts.set(account.epicId, new EpicAccount({ ...account, highWaterKills }))
  }
}

const killsIn = (rows: ReadonlyArray<Row>): number => rows.reduce((sum, { accrual }) => sum + accrual.kills, 0)

const minorIn = (rows: ReadonlyArray<Row>): bigint => rows.reduce((sum, { accrual }) => sum + accrual.amountMinor, 0n)

const owedOf = (rows: ReadonlyArray<Row>, playerId: PlayerId): Owed => {
  const own = rows.filter(({ accrual }) => accrual.playerId === playerId)
  const open = own.filter(({ payoutId }) => payoutId === null)
  const settledMinor = minorIn(own.filter(({ payoutId }) => payoutId !== null))
  return { playerId, openMinor: minorIn(open), openKills: killsIn(open), settledMinor }
}

const usedOf = (
  paid: ReadonlyArray<{ readonly row: Row; readonly payout: Payout }>,
  playerId: PlayerId,
  { dayStartMillis, weekStartMillis }: CapRules.CapWindows
): Used => {
  const since = (millis: number) => {
    const counted = paid.filter(({ payout, row }) =>
      row.accrual.playerId === playerId && payout.queuedAtMillis >= millis
    )
    return {
      payouts: new Set(counted.map(({ payout }) => payout.id)).size,
      kills: killsIn(counted.map(({ row }) => row))
    }
  }
  const [day, week] = [since(dayStartMillis), since(weekStartMillis)]
  return {
    playerId,
    payouts: { inDay: day.payouts, inWeek: week.payouts },
    kills: { inDay: day.kills, inWeek: week.kills }
  }
}

const owedPlayers = (
  rows: Rows,
  { after = "" as PlayerId, dryRun, limit }: Parameters<EarningStore["Service"]["owedPlayers"]>[0]
): ReadonlyArray<PlayerId> => {
  const open = select(rows, (row) => row.dryRun === dryRun && row.payoutId === null)
  const ids = new Set(open.map(({ accrual }) => accrual.playerId))
  return [...ids].filter((id) => id > after).sort(byText).slice(0, limit)
}

/** An `EarningStore` that looks at all rows: for tests. When a payout was made it asks the store of payouts. */
export const earningsInMemory: Layer.Layer<EarningStore, never, MemoryState | PayoutStore> = Layer.effect(
  EarningStore,
  Effect.gen(function*() {
    const { atomically, statement, table } = yield* MemoryState
    const payouts = yield* PayoutStore
    const accounts: Accounts = table()
    const rows: Rows = table()
    const earners: MemoryTable<string, Earner> = table()
    const addEarner = ({ epicId, playerId }: Earner) => earners.set(`${epicId} ${playerId}`, { epicId, playerId })
    const written = (change: () => ReturnType<typeof add>) => Effect.flatMap(statement(change), Effect.fromResult)
    const accrualsOf = (matches: (row: Row) => boolean) =>
      statement(() => select(rows, matches).map(({ accrual }) => accrual))
    const settled = Effect.fnUntraced(function*(dryRun: boolean) {
      const found = yield* statement(() => select(rows, ({ payoutId }) => payoutId !== null))
      const ids = found.flatMap(({ payoutId }) => payoutId ?? [])
      const byId = new Map((yield* payouts.byIds(ids)).map((payout) => [payout.id, payout]))
      return found.flatMap((row) => {
        const payout = row.payoutId === null ? undefined : byId.get(row.payoutId)
        return payout?.dryRun !== dryRun || payout.status === "failed" ? [] : [{ row, payout }]
      })
    })
    return boundEarningPages(EarningStore.of({
      epicAccounts: (ids) => statement(() => [...new Set(ids)].flatMap((id) => accounts.get(id) ?? [])),
      putEpicAccounts: (given) => statement(() => putEpicAccounts(accounts, given)),
      withRowOf: (epochMinute, playerIds) =>
        statement(() => {
          const asked = new Set(playerIds)
          const found = select(
            rows,
            ({ accrual }) => accrual.epochMinute === epochMinute && asked.has(accrual.playerId)
          )
          return new Set(found.map(({ accrual }) => accrual.playerId))
        }),
      add: (accruals, booked) =>
        written(() => Result.map(add(rows, accruals, booked), () => accruals.forEach(addEarner))),
      earners: (epicIds) =>
        statement(() => {
          const asked = new Set(epicIds)
          return [...earners.values()].filter(({ epicId }) => asked.has(epicId))
        }),
      owedPlayers: (query) => statement(() => owedPlayers(rows, query)),
      open: (playerIds, dryRun) => {
        const asked = new Set(playerIds)
        return accrualsOf((row) => row.dryRun === dryRun && row.payoutId === null && asked.has(row.accrual.playerId))
      },
      split: (splits) => written(() => split(rows, splits)),
      assign: (payoutId, ids) => written(() => assign(rows, payoutId, ids)),
      release: (payoutId) => statement(() => release(rows, payoutId)),
      inPayout: (payoutId) => accrualsOf((row) => row.payoutId === payoutId),
      lastIn: (payoutId) => statement(() => select(rows, (row) => row.lastPayoutId === payoutId).map(keptOf)),
      removeOpen: (playerId) =>
        statement(() =>
          remove(rows, ({ accrual, payoutId }) => accrual.playerId === playerId && payoutId === null).map(keptOf)
        ),
      used: (playerIds, { dryRun, windows }) =>
        Effect.map(
          atomically(settled(dryRun)),
          (paid) => [...new Set(playerIds)].map((playerId) => usedOf(paid, playerId, windows))
        ),
      owed: (playerIds, dryRun) =>
        statement(() => {
          const own = select(rows, (row) => row.dryRun === dryRun)
          return [...new Set(playerIds)].map((playerId) => owedOf(own, playerId))
        }),
      list: (query) => statement(() => page(rows, query).map(keptOf))
    }))
  })
)
