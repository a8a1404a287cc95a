/** Sets up the faucet of one story: real clients on sandboxes, on whatever stores there are, with a clock that can be set. */
import { layerMemory as auditMemory } from "@purser/domain/audit/testing"
import {
  AddressMalformed,
  Earning,
  FaucetAdmin,
  FaucetPolicy,
  FaucetSettings,
  PayoutConfig,
  Players,
  type PlayerStatus,
  type PlayerUnknown,
  Settling
} from "@purser/domain/faucet"
import { faucetFiguresInMemory, jobRunsInMemory, payoutConfigInMemory } from "@purser/domain/faucet/testing"
import { AccountCode, type AccountError, type LedgerError, LedgerStore } from "@purser/domain/ledger"
import { layerMemory as ledgerMemory } from "@purser/domain/ledger/testing"
import { layerMemory as outboxMemory } from "@purser/domain/outbox/testing"
import { layerMemory as payoutsMemory } from "@purser/domain/payouts/testing"
import { DiscordAccountId, PayeeAddress, PlayerId, type WalletRules } from "@purser/domain/rewards"
import { layerMemory as rewardsMemory } from "@purser/domain/rewards/testing"
import { layerMemory as riskMemory } from "@purser/domain/risk/testing"
import type { StorageError } from "@purser/domain/transaction"
import { MemoryState } from "@purser/domain/transaction/testing"
import { burnAddress, parseAddress, signerOf } from "@purser/integrations/banano"
import { DiscordId } from "@purser/integrations/discord"
import { FortniteStats } from "@purser/integrations/fortnite"
import { FortniteSandbox, type SandboxRefusedRequest } from "@purser/integrations/fortnite/sandbox"
import { Yunite } from "@purser/integrations/yunite"
import { YuniteSandbox } from "@purser/integrations/yunite/sandbox"
import { layerDirectory, layerStats } from "@purser/jobs"
import { Stores } from "@purser/storage"
import { layerPostgresTemporary, layerSqliteTemporary } from "@purser/storage/testing"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { createHash } from "node:crypto"
import { inject } from "vitest"

const guildId = DiscordId.make("419799502946304000")
const token = Redacted.make("yunite-token")
const key = Redacted.make("fortnite-key")

/** A Wednesday, at noon. */
export const noonMillis = Date.UTC(2026, 10, 25, 12)
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** The wall clock of a story: it stands still until it is set. */
export class StoryClock extends Context.Service<StoryClock, { millis: number }>()("StoryClock") {
  static readonly layer = Layer.sync(StoryClock, () => ({ millis: noonMillis }))
}

/** Runs at the time of the story; sleeping stays as it is, so that clients and databases are patient as ever. */
export const inTime = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R | StoryClock> =>
  Effect.gen(function*() {
    const story = yield* StoryClock
    const clock = yield* Clock.Clock
    return yield* Effect.provideService(effect, Clock.Clock, {
      currentTimeMillisUnsafe: () => story.millis,
      currentTimeMillis: Effect.sync(() => story.millis),
      currentTimeNanosUnsafe: () => BigInt(story.millis) * 1_000_000n,
      currentTimeNanos: Effect.sync(() => BigInt(story.millis) * 1_000_000n),
      monotonicTimeNanosUnsafe: () => clock.monotonicTimeNanosUnsafe(),
      monotonicTimeNanos: clock.monotonicTimeNanos,
      sleep: (duration) => clock.sleep(duration)
    })
  })

/** Time passes. */
export const pass = (millis: number) => Effect.map(StoryClock, (clock) => void (clock.millis += millis))

/** An address of Banano; the same for the same name. */
export const addressFor = (name: string): PayeeAddress =>
  PayeeAddress.make(
    Result.getOrThrow(signerOf(Redacted.make(createHash("sha256").update(name).digest("hex")))).address
  )

/** What stories are configured with: 2.1 BAN a kill, one payout a day and three a week. */
export const config = new PayoutConfig({
  rateMinor: 210_000_000n,
  caps: { unit: "payouts", perDay: 1, perWeek: 3 },
  batchSize: 0,
  floorMinor: 5_000_000_000n,
  hourlyCeilingMinor: 10n ** 15n,
  dailyCeilingMinor: 10n ** 15n,
  killSwitch: false
})

/** The operator's own player, who raises nothing. */
export const testAccount = DiscordAccountId.make("419799502946304999")

const settingsOf = (changes: Partial<FaucetSettings["Service"]>) =>
  Layer.succeed(FaucetSettings, {
    dryRun: false,
    config,
    resetZone: DateTime.zoneMakeOffset(0),
    operatorAddress: addressFor("operator"),
    burnAddress: PayeeAddress.make(burnAddress),
    parsePayee: (text) =>
      Result.match(parseAddress(text), {
        onFailure: ({ reason }) => Result.fail(new AddressMalformed({ why: reason })),
        onSuccess: (address) => Result.succeed(PayeeAddress.make(address))
      }),
    coolDownMillis: day,
    verificationMostMillis: 2 * day,
    verificationEveryMillis: 6 * hour,
    settlementSeed: 7,
    testAccounts: new Set([testAccount]),
    retention: { verificationsMillis: 30 * day, signalsMillis: 30 * day },
    ...changes
  })

const sandboxes = Layer.merge(
  YuniteSandbox.layer({ host: "127.0.0.1", port: 0, guildId, token }),
  FortniteSandbox.layer({ host: "127.0.0.1", port: 0, key })
)

const providers = Layer.unwrap(Effect.gen(function*() {
  const yunite = yield* YuniteSandbox
  const fortnite = yield* FortniteSandbox
  return Layer.merge(
    Layer.provide(layerDirectory, Yunite.layer({ guildId, token, url: yunite.apiUrl })),
    Layer.provide(layerStats, FortniteStats.layer({ url: fortnite.apiUrl, key, windows: [] }))
  )
})).pipe(Layer.provideMerge(Layer.orDie(sandboxes)))

const memory = Layer.mergeAll(
  auditMemory,
  faucetFiguresInMemory,
  jobRunsInMemory,
  ledgerMemory,
  outboxMemory,
  payoutConfigInMemory
).pipe(
  Layer.provideMerge(rewardsMemory),
  Layer.provideMerge(Layer.merge(payoutsMemory, riskMemory)),
  Layer.provideMerge(MemoryState.layer)
)

/** Every store that stories stand on, and what makes them commit together. */
type StoreServices = Exclude<Layer.Success<typeof memory>, MemoryState>

/** Where the books of a story are kept; a place of its own with every call. */
export const places: Readonly<Record<"memory" | "sqlite" | "postgres", () => Layer.Layer<StoreServices>>> = {
  memory: () => memory,
  sqlite: () => Layer.provideMerge(Stores.layer, layerSqliteTemporary),
  postgres: () => Layer.provideMerge(Stores.layer, layerPostgresTemporary(inject("postgresUrl")))
}

type Place = keyof typeof places

/** The whole world of a story. */
export const worldIn = (place: Place, changes: Partial<FaucetSettings["Service"]> = {}) => {
  const useCases = Layer.mergeAll(Earning.layer, Settling.layer, FaucetPolicy.layer, FaucetAdmin.layer).pipe(
    Layer.provideMerge(Players.layer),
    Layer.provideMerge(Layer.mergeAll(settingsOf(changes), providers, StoryClock.layer))
  )
  return Layer.provideMerge(useCases, places[place]())
}

/** Somebody who plays. */
export interface Person {
  readonly playerId: PlayerId
  readonly discordId: DiscordAccountId
  readonly epicId: string
  readonly address: PayeeAddress
}

const digits = (name: string, count: number): string =>
  String(BigInt(`0x${createHash("sha256").update(name).digest("hex")}`)).slice(0, count)

/** The same person for the same name, whose Discord account is some years old. */
export const person = (name: string): Person => ({
  playerId: PlayerId.make(`player-${name}`),
  discordId: DiscordAccountId.make(`4${digits(name, 17)}`),
  epicId: createHash("md5").update(name).digest("hex"),
  address: addressFor(name)
})

/** In the guild, linked, with so many lifetime kills, before they come to us. */
export const exists = Effect.fnUntraced(function*({ discordId, epicId }: Person, kills = 100) {
  const yunite = yield* YuniteSandbox
  const fortnite = yield* FortniteSandbox
  const id = DiscordId.make(discordId)
  yield* yunite.join(id)
  yield* yunite.link(id, { epicId, epicName: "somebody" })
  yield* fortnite.setPlayer({ epicId, kills, matches: 50, minutesPlayed: 1000, lastModifiedMillis: 1 })
})

/** Signs in. */
export const arrives = ({ discordId, playerId }: Person) =>
  inTime(
    Players.use((players) =>
      players.arrive({ playerId, discordId, discordName: "somebody", membership: "member", region: "DE" })
    )
  )

/** Every way in which a wallet is refused. */
type LinkRefused = AddressMalformed | PlayerUnknown | StorageError | WalletRules.WalletRefused

/** Gives a wallet. */
export const givesWallet = (
  { address, playerId }: Person
): Effect.Effect<PlayerStatus, LinkRefused, Players | StoryClock> =>
  inTime(Players.use((players) => players.linkWallet(playerId, address)))

/** Plays: kills at a plausible rate. */
export const plays = ({ epicId }: Person, kills: number) =>
  FortniteSandbox.use((fortnite) =>
    fortnite.play({ epicId, kills, matches: Math.ceil(kills / 5), minutesPlayed: Math.ceil(kills / 5) * 15 })
  )

/** One round of readings, of everybody who is due. */
export const readDue = inTime(Earning.use((earning) => earning.readDue(1000)))

/** One settlement. */
export const settle = inTime(Settling.use((settling) => settling.settle))

/** Where a person stands. */
export const statusOf = ({ playerId }: Person) => inTime(Players.use((players) => players.status(playerId)))

/** Exists, signs in, gives a wallet, and has a baseline; the clock is an hour later. */
export const joins = Effect.fnUntraced(function*(
  who: Person,
  kills = 100
): Effect.fn.Return<
  void,
  AccountError | LedgerError | LinkRefused | SandboxRefusedRequest,
  Earning | FortniteSandbox | Players | StoryClock | YuniteSandbox
> {
  yield* exists(who, kills)
  yield* arrives(who)
  yield* givesWallet(who)
  yield* readDue
  yield* pass(hour)
})

/** What an account stands at on its own side, in minor units; 0 where there is none. */
export const balanceOf = (code: string) =>
  LedgerStore.use((ledger) =>
    Effect.map(
      ledger.account(AccountCode.make(code)),
      Option.match({
        onNone: () => 0n,
        onSome: ({ creditsPostedMinor, debitsPostedMinor, normalSide }) =>
          normalSide === "credit" ? creditsPostedMinor - debitsPostedMinor : debitsPostedMinor - creditsPostedMinor
      })
    )
  )
