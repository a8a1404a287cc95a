/** Counts the figures of the program from what the other stores in memory keep. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type Payout, PayoutStore } from "../../payouts/index.ts"
import { EarningStore, type KeptAccrual, type Player, PlayerId, PlayerStore } from "../../rewards/index.ts"
import { OutcomeRules, RiskStore, unknownRegion } from "../../risk/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import { FaucetFigures, type Figures } from "../FaucetFigures.ts"

const limit = 1000

/** All rows, page by page; `next` reads what follows a row. */
const pagesOf = <A>(
  next: (last: A | undefined) => Effect.Effect<ReadonlyArray<A>, StorageError>
): Effect.Effect<ReadonlyArray<A>, StorageError> =>
  Effect.gen(function*() {
    const rows: Array<A> = []
    for (;;) {
      const page = yield* next(rows.at(-1))
      rows.push(...page)
      if (page.length < limit) return rows
    }
  })

interface Stores {
  readonly earnings: EarningStore["Service"]
  readonly payouts: PayoutStore["Service"]
  readonly players: PlayerStore["Service"]
  readonly risk: RiskStore["Service"]
}

const livingPlayers = ({ players }: Stores) =>
  pagesOf<Player>((last) => players.list({ limit, ...last === undefined ? {} : { after: last.id } }))

const payoutsOf = ({ payouts }: Stores, dryRun: boolean) =>
  pagesOf<Payout>((last) =>
    payouts.list({
      dryRun,
      sortBy: "queued",
      order: "ascending",
      limit,
      ...last === undefined ? {} : { after: last.id }
    })
  )

const owedPlayers = ({ earnings }: Stores, dryRun: boolean) =>
  pagesOf<PlayerId>((last) => earnings.owedPlayers({ dryRun, limit, ...last === undefined ? {} : { after: last } }))

const accrualsOf = ({ earnings }: Stores, playerId: PlayerId) =>
  pagesOf<KeptAccrual>((last) =>
    earnings.list({
      playerId,
      order: "oldest_first",
      limit,
      ...last === undefined ? {} : { after: last.accrual.id }
    })
  )

const openSignals = ({ risk }: Stores) =>
  Effect.map(
    pagesOf<Effect.Success<ReturnType<RiskStore["Service"]["list"]>>[number]>((last) =>
      risk.list({ isOpen: true, limit, ...last === undefined ? {} : { before: last.sequence } })
    ),
    (signals) => signals.length
  )

const sum = <A>(rows: ReadonlyArray<A>, of: (row: A) => bigint): bigint =>
  rows.reduce((total, row) => total + of(row), 0n)

const countBy = <A>(rows: ReadonlyArray<A>, placeOf: (row: A) => string, of: (row: A) => number) => {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(placeOf(row), (counts.get(placeOf(row)) ?? 0) + of(row))
  return counts
}

const read = (stores: Stores, dryRun: boolean): Effect.Effect<Figures, StorageError> =>
  Effect.gen(function*() {
    const living = yield* livingPlayers(stores)
    const made = yield* payoutsOf(stores, dryRun)
    // Whoever earned anything has it open, or in a payout: those who are erased too.
    const earners = new Set([...yield* owedPlayers(stores, dryRun), ...made.map(({ player }) => PlayerId.make(player))])
    const regions = new Map((yield* stores.players.byIds([...earners])).map(({ id, region }) => [id, region]))
    const regionOf = (id: string) => regions.get(PlayerId.make(id)) ?? unknownRegion
    const rows = (yield* Effect.forEach(earners, (id) => accrualsOf(stores, id))).flat()
      .filter((row) => row.dryRun === dryRun)
    const open = rows.filter(({ payoutId }) => payoutId === null)
    return {
      players: living.length,
      verifiedPlayers: living.filter(({ link, membership }) => membership === "member" && link === "linked").length,
      flaggedPlayers: living.filter(({ risk }) => risk !== "none").length,
      heldPlayers: living.filter(({ risk }) => OutcomeRules.isPayingHeld(risk)).length,
      openSignals: yield* openSignals(stores),
      accruedMinor: sum(rows, ({ accrual }) => accrual.amountMinor),
      openMinor: sum(open, ({ accrual }) => accrual.amountMinor),
      openKills: open.reduce((kills, { accrual }) => kills + accrual.kills, 0),
      killsByRegion: countBy(rows, ({ accrual }) => regionOf(accrual.playerId), ({ accrual }) => accrual.kills),
      payoutsByRegion: countBy(
        made.filter(({ status }) => status !== "failed"),
        ({ player }) => regionOf(player),
        () => 1
      )
    }
  })

/** `FaucetFigures` over other stores. */
export const faucetFiguresInMemory: Layer.Layer<
  FaucetFigures,
  never,
  EarningStore | PayoutStore | PlayerStore | RiskStore
> = Layer.effect(
  FaucetFigures,
  Effect.map(
    Effect.all({ earnings: EarningStore, payouts: PayoutStore, players: PlayerStore, risk: RiskStore }),
    (stores) => FaucetFigures.of({ read: (dryRun) => read(stores, dryRun) })
  )
)
