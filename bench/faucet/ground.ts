/** Sets up the faucet of one measurement: real clients on sandboxes, over a database of its own. */
import {
  AddressMalformed,
  Earning,
  FaucetPolicy,
  FaucetSettings,
  PayoutConfig,
  Players,
  Settling
} from "@purser/domain/faucet"
import { PayoutSigner } from "@purser/domain/payouts"
import {
  DiscordAccountId,
  EpicAccount,
  EpicId,
  PayeeAddress,
  Player,
  PlayerId,
  WalletLink
} from "@purser/domain/rewards"
import { EarningStore, PlayerStore, WalletStore } from "@purser/domain/rewards"
import { BananoNode, BananoWork, burnAddress, parseAddress, signerOf } from "@purser/integrations/banano"
import { BananoSandbox } from "@purser/integrations/banano/sandbox"
import { DiscordId } from "@purser/integrations/discord"
import { FortniteStats } from "@purser/integrations/fortnite"
import { FortniteSandbox } from "@purser/integrations/fortnite/sandbox"
import { Yunite } from "@purser/integrations/yunite"
import { YuniteSandbox } from "@purser/integrations/yunite/sandbox"
import { BananoRail, layerDirectory, layerStats } from "@purser/jobs"
import { type Database, Stores } from "@purser/storage"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { createHash } from "node:crypto"

const guildId = DiscordId.make("419799502946304000")
const token = Redacted.make("yunite-token")
const key = Redacted.make("fortnite-key")

const digest = (name: string): string => createHash("sha256").update(name).digest("hex")

/** The account of a name. */
export const signerFor = (name: string) => Result.getOrThrow(signerOf(Redacted.make(digest(name))))

const operator = signerFor("operator")

const settings = (dryRun: boolean) =>
  Layer.succeed(FaucetSettings, {
    dryRun,
    config: new PayoutConfig({
      rateMinor: 210_000_000n,
      caps: { unit: "payouts", perDay: 1, perWeek: 3 },
      batchSize: 0,
      floorMinor: 5_000_000_000n,
      hourlyCeilingMinor: 10n ** 15n,
      dailyCeilingMinor: 10n ** 15n,
      killSwitch: false
    }),
    resetZone: DateTime.zoneMakeOffset(0),
    operatorAddress: PayeeAddress.make(operator.address),
    burnAddress: PayeeAddress.make(burnAddress),
    parsePayee: (text) =>
      Result.match(parseAddress(text), {
        onFailure: ({ reason }) => Result.fail(new AddressMalformed({ why: reason })),
        onSuccess: (address) => Result.succeed(PayeeAddress.make(address))
      }),
    coolDownMillis: 86_400_000,
    verificationMostMillis: 86_400_000,
    verificationEveryMillis: 21_600_000,
    settlementSeed: 7,
    testAccounts: new Set<DiscordAccountId>(),
    retention: { verificationsMillis: 2_592_000_000, signalsMillis: 2_592_000_000 }
  })

const sandboxes = Layer.mergeAll(
  YuniteSandbox.layer({ host: "127.0.0.1", port: 0, guildId, token }),
  FortniteSandbox.layer({ host: "127.0.0.1", port: 0, key }),
  BananoSandbox.layer({ host: "127.0.0.1", port: 0, dataFile: null, confirmationMillis: 500 })
)

/** No limit of a provider: what is measured is what we add. */
const providers = Layer.unwrap(Effect.gen(function*() {
  const yunite = yield* YuniteSandbox
  const fortnite = yield* FortniteSandbox
  const { nodeUrl } = yield* BananoSandbox
  return Layer.mergeAll(
    Layer.provide(layerDirectory, Yunite.layer({ guildId, token, url: yunite.apiUrl })),
    Layer.provide(layerStats, FortniteStats.layer({ url: fortnite.apiUrl, key, windows: [], concurrency: 8 })),
    BananoRail.layer({ signer: operator, representative: operator.address }).pipe(
      Layer.provide(Layer.merge(BananoNode.layer({ url: nodeUrl }), BananoWork.layerLocal))
    )
  )
})).pipe(Layer.provideMerge(Layer.orDie(sandboxes)))

/** Everything, on a migrated database. */
export const faucetOn = (database: Layer.Layer<Database.Services>, dryRun: boolean) =>
  PayoutSigner.layer.pipe(
    Layer.provideMerge(Layer.mergeAll(Earning.layer, Settling.layer, Players.layer, FaucetPolicy.layer)),
    Layer.provideMerge(Layer.merge(settings(dryRun), providers)),
    Layer.provideMerge(Stores.layer),
    Layer.provideMerge(database)
  )

const discordIdOf = (at: number): DiscordAccountId => DiscordAccountId.make(`4197995029${String(at).padStart(8, "0")}`)
const epicIdOf = (at: number): EpicId => EpicId.make(digest(`epic ${at}`).slice(0, 32))
const playerIdOf = (at: number): PlayerId => PlayerId.make(`player-${at}`)

/** Makes so many players who are in order, each with 100 lifetime kills that were read, and 10 more that were not. */
export const makePlayers = Effect.fnUntraced(function*(count: number) {
  const nowMillis = yield* Clock.currentTimeMillis
  const numbers = Array.from({ length: count }, (_, at) => at)
  const players = yield* PlayerStore
  const wallets = yield* WalletStore
  const earnings = yield* EarningStore
  const fortnite = yield* FortniteSandbox
  const yunite = yield* YuniteSandbox
  yield* players.put(numbers.map((at) =>
    new Player({
      id: playerIdOf(at),
      discordId: discordIdOf(at),
      discordName: `player ${at}`,
      epicId: epicIdOf(at),
      membership: "member",
      link: "linked",
      verifiedAtMillis: nowMillis,
      verifiedBy: "sign_in",
      stats: "read",
      region: "DE",
      risk: "none",
      lastGainAtMillis: nowMillis,
      nextReadAtMillis: nowMillis,
      nextVerificationAtMillis: nowMillis,
      createdAtMillis: nowMillis,
      erasedAtMillis: null,
      version: 0
    })
  ))
  yield* earnings.putEpicAccounts(
    numbers.map((at) => new EpicAccount({ epicId: epicIdOf(at), cursorKills: 100, highWaterKills: 100 }))
  )
  for (const at of numbers) {
    yield* wallets.add(
      new WalletLink({
        playerId: playerIdOf(at),
        address: PayeeAddress.make(signerFor(`player ${at}`).address),
        linkedAtMillis: nowMillis,
        effectiveAtMillis: nowMillis
      })
    )
    yield* fortnite.setPlayer({
      epicId: epicIdOf(at),
      kills: 110,
      matches: 50,
      minutesPlayed: 900,
      lastModifiedMillis: 1
    })
    const discordId = DiscordId.make(discordIdOf(at))
    yield* yunite.join(discordId)
    yield* yunite.link(discordId, { epicId: epicIdOf(at), epicName: "somebody" })
  }
})
