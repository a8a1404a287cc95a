/** Serves redemptions with Purser on SQLite, its tickets paid beforehand. */
import { type Observation, PaymentKey } from "@purser/domain/payments"
import { TicketIntake } from "@purser/domain/tickets"
import { Health, HttpServers } from "@purser/http"
import { layerBooks, layerIntake, layerTickets, WalletAddress } from "@purser/runtime"
import { loadSettings } from "@purser/runtime/settings"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { readFileSync } from "node:fs"
import { type PaidTicket, priceMinor, primaryAddress } from "./workload.ts"

const [path = "", ticketsPath = ""] = process.argv.slice(2)
const tickets = JSON.parse(readFileSync(ticketsPath, "utf8")) as ReadonlyArray<PaidTicket>

const observationOf = ({ id8, transactionId }: PaidTicket): Observation => ({
  key: PaymentKey.make(`${transactionId}/0/0`),
  transactionId,
  target: id8,
  amountMinor: priceMinor,
  height: 10,
  unlockTime: 0n,
  doubleSpendSeen: false,
  ownChange: false
})

const paid = Layer.effectDiscard(Effect.gen(function*() {
  const intake = yield* TicketIntake
  yield* intake.books
  const seen = tickets.map(observationOf)
  yield* intake.apply({ walletHeight: 1000, daemonHeight: 1000, seen, vanished: [], readUpTo: 999 })
}))

const tell = Layer.effectDiscard(Effect.map(HttpServers, (servers) => {
  process.send?.({ port: servers.public._tag === "tcp" ? servers.public.port : 0 })
}))

const main = Effect.gen(function*() {
  const settings = yield* loadSettings({
    PURSER_DATABASE_URL: `sqlite:${path}`,
    PURSER_TOKEN_KEYS: `bench:${"07".repeat(32)}`
  })
  const loopback = { _tag: "tcp", host: "127.0.0.1", port: 0 } as const
  const servers = HttpServers.layer({
    public: loopback,
    internal: loopback,
    internalKey: Redacted.make("a key for the benchmark"),
    trustedProxies: [],
    sandboxed: [],
    limits: { redeem: { requests: 1_000_000_000, windowSeconds: 1 }, misses: { free: 1_000_000_000 } }
  })
  return yield* Layer.launch(
    tell.pipe(
      Layer.provide(servers),
      Layer.provide(paid),
      Layer.provide(Layer.merge(layerTickets(settings), layerIntake(settings))),
      Layer.provide(Layer.mergeAll(
        layerBooks(settings),
        Layer.succeed(WalletAddress, primaryAddress),
        Layer.succeed(Health, { checks: Effect.succeed([]) })
      ))
    )
  )
})

Effect.runFork(main)
