import { assert, describe, type Vitest } from "@effect/vitest"
import { FaucetFigures } from "@purser/domain/faucet"
import { faucetFiguresInMemory } from "@purser/domain/faucet/testing"
import { type Payout, PayoutStore } from "@purser/domain/payouts"
import { layerMemory as payoutsMemory, payoutOf } from "@purser/domain/payouts/testing"
import { AccrualId, EarningStore, PlayerId, PlayerStore } from "@purser/domain/rewards"
import { accrualOf, layerMemory as rewardsMemory, playerOf } from "@purser/domain/rewards/testing"
import { RiskStore } from "@purser/domain/risk"
import { layerMemory as riskMemory, reviewOf, signalOf } from "@purser/domain/risk/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { onEveryStore } from "../onEveryStore.ts"

const nothing = {
  players: 0,
  verifiedPlayers: 0,
  flaggedPlayers: 0,
  heldPlayers: 0,
  openSignals: 0,
  accruedMinor: 0n,
  openMinor: 0n,
  openKills: 0,
  killsByRegion: new Map(),
  payoutsByRegion: new Map()
}

const read = (dryRun: boolean) => FaucetFigures.use((figures) => figures.read(dryRun))

const players = PlayerStore.use((store) =>
  store.put([
    playerOf("german", { region: "DE" }),
    playerOf("watched", { region: "DE", risk: "watch" }),
    playerOf("held", { region: "FR", risk: "hold", membership: "unknown" }),
    playerOf("abuser", { risk: "confirmed", link: "not_linked" }),
    playerOf("left", { membership: "left" }),
    playerOf("erased", { region: "FR", risk: "hold", discordId: null, epicId: null, erasedAtMillis: 1 })
  ])
)

const earn = (dryRun: boolean, name: string, [epochMinute, kills]: readonly [number, number]) =>
  EarningStore.use((earnings) =>
    earnings.add([accrualOf({ playerId: PlayerId.make(name), epochMinute, kills, rateMinor: 10n })], {
      atMillis: epochMinute,
      dryRun
    })
  )

const pay = (name: string, minutes: ReadonlyArray<number>, fields: Partial<Payout> = {}) =>
  Effect.gen(function*() {
    const payout = payoutOf(`${name}/${minutes.join("/")}`, { player: name, ...fields })
    yield* PayoutStore.use((payouts) => payouts.add([payout]))
    const ids = minutes.map((minute) => AccrualId.make(`${name}:${minute}`))
    if (ids.length > 0) yield* EarningStore.use((earnings) => earnings.assign(payout.id, ids))
  })

const signals = RiskStore.use((risk) =>
  Effect.gen(function*() {
    const raised = ["open", "open too", "cleared", "confirmed"].map((name) =>
      signalOf(name, { playerId: PlayerId.make("held") })
    )
    yield* risk.raise(raised, 1)
    yield* risk.addReview(reviewOf(raised[2]!))
    yield* risk.addReview(reviewOf(raised[3]!, { verdict: "confirmed" }))
  })
)

type Needs = EarningStore | FaucetFigures | PayoutStore | PlayerStore | RiskStore

const suite = (it: Vitest.MethodsNonLive<Needs>): void => {
  it.effect("counts nothing where there is nothing", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* read(true), nothing)
      assert.deepStrictEqual(yield* read(false), nothing)
    }))

  it.effect("counts players, signals, and what one set of books says of each region", () =>
    Effect.gen(function*() {
      yield* players
      yield* signals
      yield* earn(false, "german", [1, 2])
      yield* earn(false, "german", [2, 3])
      yield* earn(false, "watched", [1, 5])
      yield* earn(false, "held", [1, 7])
      yield* earn(false, "erased", [1, 11])
      yield* earn(true, "german", [3, 1000])
      yield* pay("german", [1])
      yield* pay("erased", [1])
      yield* pay("watched", [], { status: "failed" })
      yield* pay("stranger", [])
      yield* pay("german", [3], { dryRun: true, status: "simulated" })
      const shared = { players: 5, verifiedPlayers: 2, flaggedPlayers: 3, heldPlayers: 2, openSignals: 2 }
      assert.deepStrictEqual(yield* read(false), {
        ...shared,
        accruedMinor: 280n,
        openMinor: 150n,
        openKills: 15,
        killsByRegion: new Map([["DE", 10], ["FR", 18]]),
        payoutsByRegion: new Map([["DE", 1], ["FR", 1], ["unknown", 1]])
      })
      assert.deepStrictEqual(yield* read(true), {
        ...shared,
        accruedMinor: 10_000n,
        openMinor: 0n,
        openKills: 0,
        killsByRegion: new Map([["DE", 1000]]),
        payoutsByRegion: new Map([["DE", 1]])
      })
    }))
}

const memory = faucetFiguresInMemory.pipe(
  Layer.provideMerge(rewardsMemory),
  Layer.provideMerge(Layer.merge(payoutsMemory, riskMemory))
)

describe("RW-16 RW-19 figures of the program", () => {
  onEveryStore(memory, suite)
})
