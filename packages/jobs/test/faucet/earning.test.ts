/** Tells how players come in, earn and are settled, on real clients, with the books in every place. */
import { assert, describe, layer } from "@effect/vitest"
import { FaucetAdmin, PayoutConfig, Players } from "@purser/domain/faucet"
import { LedgerStore } from "@purser/domain/ledger"
import { PayoutStore } from "@purser/domain/payouts"
import { EarningStore, PlayerStore } from "@purser/domain/rewards"
import { RiskStore } from "@purser/domain/risk"
import { DiscordId } from "@purser/integrations/discord"
import { FortniteSandbox } from "@purser/integrations/fortnite/sandbox"
import { YuniteSandbox } from "@purser/integrations/yunite/sandbox"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import {
  addressFor,
  arrives,
  balanceOf,
  config,
  day,
  exists,
  givesWallet,
  hour,
  inTime,
  joins,
  minute,
  pass,
  person,
  places,
  plays,
  readDue,
  settle,
  statusOf,
  worldIn
} from "./world.ts"

const kill = 210_000_000n

const payoutsOf = (player: string) =>
  PayoutStore.use((payouts) => payouts.list({ player, sortBy: "queued", order: "ascending", limit: 100 }))

const assertSound = Effect.gen(function*() {
  const { discrepancies } = yield* LedgerStore.use((ledger) => ledger.verify)
  assert.deepStrictEqual(discrepancies, [])
})

for (const place of Object.keys(places) as ReadonlyArray<keyof typeof places>) {
  describe(`with the books in ${place}`, () => {
    layer(worldIn(place), { excludeTestServices: true })("the faucet", (it) => {
      it.effect("RW-5 books what was killed after the baseline, once, at the rate of the day", () =>
        Effect.gen(function*() {
          const ann = person("ann")
          yield* joins(ann, 1234)
          assert.strictEqual((yield* statusOf(ann)).openMinor, 0n)
          yield* plays(ann, 10)
          const round = yield* readDue
          assert.strictEqual(round.kills, 10)
          assert.strictEqual((yield* statusOf(ann)).openMinor, 10n * kill)
          assert.strictEqual(yield* balanceOf(`player:${ann.playerId}:earned`), 10n * kill)
          yield* pass(hour)
          assert.strictEqual((yield* readDue).kills, 0)
          yield* assertSound
        }))

      it.effect("RW-5 earns nothing of a baseline that is unknown, and takes no failed reading for zero", () =>
        Effect.gen(function*() {
          const bob = person("bob")
          yield* exists(bob, 5000)
          yield* FortniteSandbox.use((fortnite) => fortnite.setPlayer({ epicId: bob.epicId, nullFrom: "kills" }))
          yield* arrives(bob)
          yield* givesWallet(bob)
          yield* readDue
          assert.strictEqual((yield* statusOf(bob)).earning, "BaselineUnknown")
          yield* pass(hour)
          yield* FortniteSandbox.use((fortnite) => fortnite.setPlayer({ epicId: bob.epicId, nullFrom: null }))
          yield* readDue
          assert.strictEqual((yield* statusOf(bob)).openMinor, 0n)
          assert.strictEqual((yield* statusOf(bob)).earning, null)
          yield* pass(hour)
          yield* plays(bob, 3)
          yield* readDue
          assert.strictEqual((yield* statusOf(bob)).openMinor, 3n * kill)
        }))

      it.effect("RW-13 tells a player whose stats are private, and books nothing meanwhile", () =>
        Effect.gen(function*() {
          const cat = person("cat")
          yield* joins(cat)
          yield* FortniteSandbox.use((fortnite) => fortnite.setPlayer({ epicId: cat.epicId, isPrivate: true }))
          yield* readDue
          assert.strictEqual((yield* statusOf(cat)).earning, "StatsPrivate")
        }))

      it.effect("RW-5 keeps what was killed while the provider was down for the next reading", () =>
        Effect.gen(function*() {
          const dee = person("dee")
          yield* joins(dee)
          yield* plays(dee, 4)
          yield* FortniteSandbox.use((fortnite) => fortnite.fail([{ kind: "status", status: 401, answers: 1 }]))
          const round = yield* readDue
          assert.strictEqual(round.stoppedBy?.isPassing, false)
          yield* FortniteSandbox.use((fortnite) => fortnite.fail([]))
          yield* readDue
          assert.strictEqual((yield* statusOf(dee)).openMinor, 4n * kill)
        }))

      it.effect("RW-2 suspends who left until they are back, and what they killed meanwhile never earns", () =>
        Effect.gen(function*() {
          const eve = person("eve")
          yield* joins(eve)
          yield* plays(eve, 2)
          yield* readDue
          const yunite = yield* YuniteSandbox
          yield* yunite.leave(DiscordId.make(eve.discordId))
          yield* pass(7 * hour)
          assert.isAtLeast((yield* inTime(Players.use((players) => players.verifyDue(100)))).changed, 1)
          const gone = yield* statusOf(eve)
          assert.strictEqual(gone.earning, "NotMember")
          assert.strictEqual(gone.paying, "NotMember")
          yield* plays(eve, 50)
          yield* readDue
          yield* settle
          assert.deepStrictEqual(yield* payoutsOf(eve.playerId), [])
          yield* yunite.join(DiscordId.make(eve.discordId))
          yield* inTime(Players.use((players) => players.verify(eve.playerId, "player")))
          yield* readDue
          yield* pass(hour)
          yield* plays(eve, 1)
          yield* readDue
          assert.strictEqual((yield* statusOf(eve)).openMinor, 3n * kill)
        }))

      it.effect("RW-2 suspends nobody while the directory is down, until the last word is too old", () =>
        Effect.gen(function*() {
          const fay = person("fay")
          yield* joins(fay)
          yield* YuniteSandbox.use((yunite) => yunite.fail([{ kind: "status", status: 402, answers: 1 }]))
          const asked = yield* Effect.result(inTime(Players.use((players) => players.verify(fay.playerId, "player"))))
          assert.isTrue(Result.isFailure(asked))
          assert.strictEqual((yield* statusOf(fay)).earning, null)
          yield* pass(3 * day)
          assert.strictEqual((yield* statusOf(fay)).earning, "VerificationStale")
          yield* inTime(Players.use((players) => players.verifyDue(100)))
          assert.strictEqual((yield* statusOf(fay)).earning, null)
        }))

      it.effect("RW-15 judges nobody by what was read of another account", () =>
        Effect.gen(function*() {
          const moe = person("moe")
          yield* joins(moe)
          const second = { ...moe, epicId: person("moe-2").epicId }
          yield* exists(second, 90_000)
          yield* inTime(Players.use((players) => players.verify(moe.playerId, "player")))
          yield* pass(hour)
          yield* readDue
          const status = yield* statusOf(moe)
          assert.strictEqual(status.player.epicId, second.epicId)
          assert.strictEqual(status.player.risk, "none")
          assert.strictEqual(status.openMinor, 0n)
        }))

      it.effect("RW-3 leaves an Epic account with whom it is, and holds the second claim against the claimant", () =>
        Effect.gen(function*() {
          const gil = person("gil")
          const thief = { ...person("thief"), epicId: gil.epicId }
          yield* joins(gil)
          yield* exists(thief)
          yield* arrives(thief)
          const status = yield* statusOf(thief)
          assert.strictEqual(status.player.epicId, null)
          assert.strictEqual(status.earning, "NotLinked")
          assert.notStrictEqual(status.player.risk, "none")
          assert.strictEqual((yield* statusOf(gil)).player.epicId, gil.epicId)
        }))

      it.effect("RW-3 refuses the wallet of another, the operator's and the burn address, and signals the first", () =>
        Effect.gen(function*() {
          const hal = person("hal")
          const ida = { ...person("ida"), address: hal.address }
          yield* joins(hal)
          yield* exists(ida)
          yield* arrives(ida)
          const refused = (address: string) =>
            Effect.flip(inTime(Players.use((players) => players.linkWallet(ida.playerId, address))))
          assert.include(yield* refused(hal.address), { _tag: "WalletRefused", why: "AddressOfAnother" })
          assert.include(yield* refused(addressFor("operator")), { _tag: "WalletRefused", why: "OperatorAddress" })
          assert.include(yield* refused(`${hal.address.slice(0, -1)}1`), { _tag: "AddressMalformed" })
          const raised = yield* RiskStore.use((risk) => risk.list({ playerId: ida.playerId, limit: 10 }))
          assert.deepStrictEqual(raised.map(({ signal }) => signal.kind), ["SharedWallet"])
          assert.strictEqual((yield* statusOf(ida)).wallet, null)
        }))

      it.effect("RW-3 pays the old wallet until the cool-down of a change is over, then the new one", () =>
        Effect.gen(function*() {
          const jim = person("jim")
          yield* joins(jim)
          const next = addressFor("jim's other")
          const changed = yield* inTime(Players.use((players) => players.linkWallet(jim.playerId, next)))
          assert.strictEqual(changed.wallet?.address, jim.address)
          assert.strictEqual(changed.pendingWallet?.address, next)
          yield* pass(day)
          const status = yield* statusOf(jim)
          assert.strictEqual(status.wallet?.address, next)
          assert.strictEqual(status.pendingWallet, null)
        }))

      it.effect("RW-6 RW-7 settles each player once a day and thrice a week, and rolls the rest over", () =>
        Effect.gen(function*() {
          const kim = person("kim")
          yield* joins(kim)
          const amounts: Array<bigint> = []
          for (let step = 0; step < 6; step += 1) {
            yield* plays(kim, 1)
            yield* pass(13 * hour)
            yield* inTime(Players.use((players) => players.verify(kim.playerId, "refresh")))
            yield* readDue
            yield* settle
            yield* settle
            amounts.push(
              ...(yield* payoutsOf(kim.playerId)).slice(amounts.length).map(({ amountMinor }) => amountMinor)
            )
          }
          const status = yield* statusOf(kim)
          assert.isAtMost(status.caps.usedInDay, 1)
          assert.isAtMost(status.caps.usedInWeek, 3)
          const paid = amounts.reduce((sum, amount) => sum + amount, 0n)
          assert.strictEqual(paid + status.openMinor, 6n * kill)
          assert.strictEqual(yield* balanceOf(`player:${kim.playerId}:earned`), status.openMinor)
          yield* assertSound
        }))

      it.effect("RW-7 puts no accrual into two payouts when two settle at once", () =>
        Effect.gen(function*() {
          const crowd = Array.from({ length: 5 }, (_, at) => person(`crowd-${at}`))
          yield* Effect.forEach(crowd, (who) => joins(who), { discard: true })
          yield* Effect.forEach(crowd, (who) => plays(who, 2), { discard: true })
          yield* pass(8 * day)
          yield* inTime(Players.use((players) => players.verifyDue(1000)))
          yield* readDue
          yield* Effect.all([settle, settle, settle], { concurrency: "unbounded" })
          for (const who of crowd) {
            const payouts = yield* payoutsOf(who.playerId)
            assert.strictEqual(payouts.length, 1)
            assert.strictEqual(payouts[0]?.amountMinor, 2n * kill)
          }
          yield* assertSound
        }))

      it.effect("RW-5 books a kill once when two read at once", () =>
        Effect.gen(function*() {
          const lea = person("lea")
          yield* joins(lea)
          yield* plays(lea, 7)
          yield* Effect.all([readDue, readDue, readDue], { concurrency: "unbounded" })
          assert.strictEqual((yield* statusOf(lea)).openMinor, 7n * kill)
        }))

      it.effect("RW-15 holds pay, not earning, of an implausible player until an admin clears it", () =>
        Effect.gen(function*() {
          const max = person("max")
          yield* joins(max)
          yield* FortniteSandbox.use((fortnite) =>
            fortnite.play({ epicId: max.epicId, kills: 5000, matches: 1, minutesPlayed: 1 })
          )
          yield* readDue
          const held = yield* statusOf(max)
          assert.strictEqual(held.player.risk, "hold")
          assert.strictEqual(held.openMinor, 5000n * kill)
          assert.strictEqual(held.paying, "HeldForReview")
          yield* settle
          assert.deepStrictEqual(yield* payoutsOf(max.playerId), [])
          const admin = yield* FaucetAdmin
          const actor = { name: "discord:1", correlationId: "c1" }
          const open = yield* admin.reviews({ playerId: max.playerId, isOpen: true, limit: 100 })
          for (const { raised } of open) {
            yield* inTime(
              admin.review(actor, { dedupeKey: raised.signal.dedupeKey, verdict: "cleared", note: "a tournament" })
            )
          }
          assert.strictEqual((yield* statusOf(max)).player.risk, "none")
          yield* settle
          assert.strictEqual((yield* payoutsOf(max.playerId)).length, 1)
        }))

      it.effect("RW-20 erases a player whom nothing is under way to, and books the rest back", () =>
        Effect.gen(function*() {
          const ned = person("ned")
          yield* joins(ned)
          yield* plays(ned, 3)
          yield* readDue
          const before = yield* balanceOf("rewards:expense")
          const data = yield* inTime(Players.use((players) => players.export(ned.playerId)))
          assert.strictEqual(data.accruals.length, 1)
          yield* inTime(Players.use((players) => players.erase(ned.playerId)))
          assert.strictEqual(yield* balanceOf("rewards:expense"), before - 3n * kill)
          assert.strictEqual(yield* balanceOf(`player:${ned.playerId}:earned`), 0n)
          const [left] = yield* PlayerStore.use((players) => players.byIds([ned.playerId]))
          assert.include(left, { discordId: null, discordName: "", epicId: null, region: "unknown" })
          assert.include(yield* Effect.flip(statusOf(ned)), { _tag: "PlayerUnknown" })
          assert.deepStrictEqual(yield* EarningStore.use((earnings) => earnings.open([ned.playerId], false)), [])
          yield* assertSound
        }))
    })
  })
}

describe("RW-11 a dry run", () => {
  layer(worldIn("sqlite", { dryRun: true }), { excludeTestServices: true })((it) => {
    it.effect("books beside the real books", () =>
      Effect.gen(function*() {
        const ann = person("ann")
        yield* joins(ann)
        yield* plays(ann, 2)
        yield* readDue
        yield* settle
        assert.strictEqual(yield* balanceOf("dry_run:rewards:expense"), 2n * kill)
        assert.strictEqual(yield* balanceOf("rewards:expense"), 0n)
        const [payout] = yield* payoutsOf(ann.playerId)
        assert.strictEqual(payout?.dryRun, true)
      }))
  })
})

describe("RW-6 caps by kills", () => {
  const byKills = new PayoutConfig({ ...config, caps: { unit: "kills", perDay: 15, perWeek: 100 } })
  layer(worldIn("sqlite", { config: byKills }), { excludeTestServices: true })((it) => {
    it.effect("divides the row that the cap falls into, and pays no kill twice", () =>
      Effect.gen(function*() {
        const ann = person("ann")
        yield* joins(ann)
        for (const kills of [10, 10]) {
          yield* plays(ann, kills)
          yield* pass(hour)
          yield* readDue
        }
        yield* settle
        yield* pass(minute)
        yield* settle
        assert.deepStrictEqual((yield* payoutsOf(ann.playerId)).map(({ amountMinor }) => amountMinor), [15n * kill])
        const status = yield* statusOf(ann)
        assert.strictEqual(status.openKills, 5)
        yield* plays(ann, 1)
        yield* pass(day)
        yield* readDue
        yield* settle
        assert.strictEqual((yield* statusOf(ann)).settledMinor, 21n * kill)
      }))
  })
})
