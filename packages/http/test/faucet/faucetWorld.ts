/** Sets up a served installation with the faucet: the real use cases over stores in memory. */
import { AddressMalformed, FaucetAdmin, FaucetSettings, PayoutConfig, Players } from "@purser/domain/faucet"
import { faucetFiguresInMemory, jobRunsInMemory, payoutConfigInMemory } from "@purser/domain/faucet/testing"
import { layerMemory as payoutsMemory } from "@purser/domain/payouts/testing"
import {
  CapRules,
  type DiscordAccountId,
  LinkDirectory,
  PayeeAddress,
  Product,
  ProviderUnavailable,
  type Registration
} from "@purser/domain/rewards"
import { layerMemory as rewardsMemory, playerOf } from "@purser/domain/rewards/testing"
import { layerMemory as riskMemory } from "@purser/domain/risk/testing"
import { FaucetHttp, type FaucetHttpOptions, type HttpOptions, HttpServers } from "@purser/http"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { ask, type Question } from "../ask.ts"
import { doors, healthOf, house } from "../world.ts"
import { cookieOf, type Desk, layerDesk, makeDesk } from "./desk.ts"

/** Where browsers see the public door, and the internal one. */
export const publicUrl = "https://purser.example"
export const internalUrl = "https://desk.purser.example"

/** An address of this length; the last letter says which, and `x` is a wrong checksum. */
export const addressOf = (letter: string): string => `ban_1${letter.repeat(59)}`

const burnAddress = PayeeAddress.make(addressOf("z"))
const operatorAddress = PayeeAddress.make(addressOf("o"))

const parsePayee = (text: string): Result.Result<PayeeAddress, AddressMalformed> => {
  if (!text.startsWith("ban_")) return Result.fail(new AddressMalformed({ why: "Prefix" }))
  if (text.length !== 64) return Result.fail(new AddressMalformed({ why: "Length" }))
  return text.endsWith("x")
    ? Result.fail(new AddressMalformed({ why: "Checksum" }))
    : Result.succeed(PayeeAddress.make(text))
}

const day = 86_400_000

/** What the operator configured. */
export const config = new PayoutConfig({
  rateMinor: 210_000_000n,
  caps: CapRules.defaultCaps,
  batchSize: 0,
  floorMinor: 5_000_000_000n,
  hourlyCeilingMinor: 100_000_000_000n,
  dailyCeilingMinor: 1_000_000_000_000n,
  killSwitch: false
})

const settings = Layer.succeed(FaucetSettings, {
  dryRun: false,
  config,
  resetZone: DateTime.zoneMakeOffset(0),
  operatorAddress,
  burnAddress,
  parsePayee,
  coolDownMillis: day,
  verificationMostMillis: 7 * day,
  verificationEveryMillis: day,
  settlementSeed: 1,
  testAccounts: new Set<DiscordAccountId>(),
  retention: { verificationsMillis: 30 * day, signalsMillis: 30 * day }
})

/** What the directory says, by name; whoever is not named has an Epic account that is called after them. */
export interface Directory {
  readonly says: Map<string, Registration>
  isDown: boolean
}

/** Everybody is linked. */
export const makeDirectory = (): Directory => ({ says: new Map(), isDown: false })

const away = new ProviderUnavailable({ provider: "links", why: "503", isPassing: true, untilMillis: null })
const names = ["ann", "bob", "eve", "root"]

const directoryLayer = (directory: Directory) =>
  Layer.succeed(LinkDirectory, {
    lookUp: (ids) =>
      Effect.suspend(() => {
        if (directory.isDown) return Effect.fail(away)
        const known = names.map((name) => [playerOf(name), directory.says.get(name)] as const)
        return Effect.succeed(
          new Map(ids.map((id): readonly [DiscordAccountId, Registration] => {
            const [player, said] = known.find(([{ discordId }]) => discordId === id)!
            return [id, said ?? { _tag: "Linked", epicId: player.epicId! }]
          }))
        )
      })
  })

/** The face of the installation. */
export const product = new Product({
  appName: "Pay <2> Slay",
  orgName: "Example",
  bannerUrl: null,
  mediaKitUrl: "/press",
  defaultLocale: "en",
  discordInviteUrl: "https://discord.test/invite",
  featureFlags: { leaderboard: true }
})

const faucetStores = Layer.mergeAll(rewardsMemory, riskMemory, payoutConfigInMemory, jobRunsInMemory).pipe(
  Layer.provideMerge(payoutsMemory)
)

/** What a test may decide. */
export interface FaucetWorld {
  readonly desk?: Desk
  readonly directory?: Directory
  readonly http?: Partial<HttpOptions>
  readonly faucet?: Partial<FaucetHttpOptions>
  /** Who hears of what happens; nobody unless given. */
  readonly logs?: Layer.Layer<never>
}

/** A whole installation with the faucet. */
export const faucetWorld = ({ desk = makeDesk(), directory = makeDirectory(), faucet, http, logs }: FaucetWorld = {}) =>
  doors(http, logs).pipe(
    Layer.provideMerge(FaucetHttp.layer({
      product,
      publicUrl,
      internalUrl,
      formSecret: Redacted.make("a secret for the forms of a test"),
      explorerUrl: "https://explorer.test/hash/{hash}",
      ...faucet
    })),
    Layer.provideMerge(FaucetAdmin.layer),
    Layer.provideMerge(Layer.mergeAll(Players.layer, faucetFiguresInMemory)),
    Layer.provideMerge(faucetStores),
    Layer.provideMerge(Layer.mergeAll(settings, layerDesk(desk), directoryLayer(directory))),
    Layer.provideMerge(house()),
    Layer.provideMerge(healthOf({ name: "database", state: "ok", detail: "3 ms" }))
  )

/** Who sends, from our own pages. */
export const from = (cookie: string, more: Readonly<Record<string, string>> = {}) => ({
  cookie,
  origin: publicUrl,
  ...more
})

/** The same at the internal door. */
export const fromDesk = (cookie: string) => from(cookie, { origin: internalUrl })

const json = { "content-type": "application/json" }

type Door = "public" | "internal"

/** Asks a door; what is to be sent goes as JSON. */
export const at = (door: Door, path: string, { headers = {}, value, ...rest }: Omit<Question, "path" | "body"> & {
  readonly value?: unknown
} = {}) =>
  HttpServers.use((servers) =>
    ask(servers[door], {
      path,
      headers: value === undefined ? headers : { ...json, ...headers },
      ...value === undefined ? {} : { body: JSON.stringify(value), method: "POST" },
      ...rest
    })
  )

/** Signs somebody in at the desk, makes them a player, and answers with the cookie. */
export const arrive = Effect.fnUntraced(function*(desk: Desk, name: string) {
  const { discordId, discordName, id } = playerOf(name)
  const players = yield* Players
  yield* players.arrive({ playerId: id, discordId: discordId!, discordName, membership: "member", region: "DE" })
  return cookieOf(desk, name)
})
