/** Says where an installation can be reached, and how to try it where money is play money. */
import { Amount, Asset } from "@purser/domain/money"
import { HttpServers } from "@purser/http"
import * as Listener from "@purser/http/listener"
import { MoneroLine, WalletAddress } from "@purser/runtime"
import type { Settings } from "@purser/runtime/settings"
import * as Effect from "effect/Effect"
import { pairs } from "../terminal/table.ts"
import { rewardsPlaces, tryRewards } from "./rewardsBanner.ts"

const usualPublic = "127.0.0.1:8080"
const usualSandbox = "http://127.0.0.1:8082"

const link = (listener: Listener.Listener): string =>
  listener._tag === "tcp" ? `http://${Listener.print(listener)}` : Listener.print(listener)

const booksOf = ({ database }: Settings): string =>
  database.dialect === "sqlite" ? `SQLite, ${database.path}` : "PostgreSQL"

const flag = (name: string, value: string, usual: string): string => value === usual ? "" : ` ${name} ${value}`

/** The three lines to type: make a ticket, pay it, redeem it. */
export const tryItLines = (at: {
  readonly address: string
  readonly publicListener: Listener.Listener
  readonly sandboxUrl: string
}): ReadonlyArray<string> => {
  const api = flag("--url", link(at.publicListener), `http://${usualPublic}`)
  return [
    `npx purser ticket new --address ${at.address} --out ticket.json`,
    `npx purser sandbox pay ticket.json${flag("--url", at.sandboxUrl, usualSandbox)}`,
    `npx purser ticket redeem ticket.json --wait${api}`
  ]
}

const tryIt = (address: string, publicListener: Listener.Listener, sandboxUrl: string): string =>
  [
    "Monero is SANDBOXED: the chain is a play chain, its coins are worth nothing.",
    "",
    "Buy a ticket and redeem it:",
    ...tryItLines({ address, publicListener, sandboxUrl }).map((line) => `  ${line}`)
  ].join("\n")

/** What `purser serve` prints once everything listens. */
export const banner = Effect.fnUntraced(function*(settings: Settings) {
  const servers = yield* HttpServers
  const { sandboxUrl } = yield* MoneroLine
  const address = yield* WalletAddress
  const signIn = settings.rewards.access.publicUrl ?? link(servers.public)
  const places = pairs([
    ["Public API", link(servers.public)],
    ["Reference", servers.public._tag === "tcp" ? `${link(servers.public)}/docs` : "/docs on the public API"],
    ["Internal", link(servers.internal)],
    ["Books", booksOf(settings)],
    ["Wallet", sandboxUrl === null ? address : `sandbox at ${sandboxUrl}`],
    ["Ticket", `${Amount.print(settings.requiredMinor, Asset.XMR)} XMR, ${settings.confirmations} confirmations`],
    ...rewardsPlaces(settings, signIn)
  ])
  const below = [
    ...sandboxUrl === null ? [] : ["", tryIt(address, servers.public, sandboxUrl)],
    ...tryRewards(settings, signIn)
  ]
  return ["Purser is running. Stop it with Ctrl-C.", "", places, ...below, ""].join("\n")
})
