/** Measures the faucet: readings and settlement of many players, verification, payouts with real work, and pages under load. */
import { Earning, Players, Settling } from "@purser/domain/faucet"
import { PayoutSigner, PayoutStore } from "@purser/domain/payouts"
import { rawPerBan } from "@purser/integrations/banano"
import { BananoSandbox } from "@purser/integrations/banano/sandbox"
import { layerPostgresTemporary, layerSqliteTemporary } from "@purser/storage/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as References from "effect/References"
import { parseArgs } from "node:util"
import { startPostgres } from "../../scripts/testing/postgresServer.ts"
import { faucetOn, makePlayers, signerFor } from "./ground.ts"
import { measureServed } from "./served.ts"

const { values: flags } = parseArgs({
  options: {
    players: { type: "string", default: "500" },
    payouts: { type: "string", default: "12" },
    rate: { type: "string", default: "200" },
    seconds: { type: "string", default: "10" }
  }
})

interface Row {
  readonly what: string
  readonly found: string
  readonly wanted: string
}

const timed = Effect.fnUntraced(function*<A, E, R>(effect: Effect.Effect<A, E, R>) {
  const from = performance.now()
  const value = yield* effect
  return { value, seconds: (performance.now() - from) / 1000 }
})

const rounds = (name: string, count: number) =>
  Effect.gen(function*() {
    yield* makePlayers(count)
    const reading = yield* timed(Earning.use(({ readDue }) => readDue(1000)))
    const settling = yield* timed(Settling.use(({ settle }) => settle))
    if (reading.value.accruals !== count || settling.value.payouts !== count) {
      return yield* Effect.die(new Error(`not all of ${count} players were paid`))
    }
    const verifying = yield* timed(Players.use(({ verifyDue }) => verifyDue(1000)))
    const both = reading.seconds + settling.seconds
    return [
      {
        what: `${count} players read and settled, dry run, ${name}`,
        found: `${both.toFixed(2)} s (${reading.seconds.toFixed(2)} + ${settling.seconds.toFixed(2)})`,
        wanted: "< 2 s"
      },
      {
        what: `players verified a minute, ${name}`,
        found: String(Math.round(verifying.value.asked / verifying.seconds * 60)),
        wanted: "≥ 50"
      }
    ] satisfies ReadonlyArray<Row>
  })

/** There is no other signer here. */
const unfenced = <A, E, R>(effect: Effect.Effect<A, E, R>) => effect

/** Every payout with work of its own, and confirmed by the sandbox. */
const payouts = (count: number) =>
  Effect.gen(function*() {
    yield* makePlayers(count)
    const signer = yield* PayoutSigner
    const sandbox = yield* BananoSandbox
    yield* sandbox.fund({ address: signerFor("operator").address, amountRaw: 1_000_000n * rawPerBan })
    yield* signer.books
    yield* Earning.use(({ readDue }) => readDue(1000))
    yield* Settling.use(({ settle }) => settle)
    // The account is opened, and the work for what follows begun, before the clock runs.
    yield* signer.tick(unfenced)
    const { seconds } = yield* timed(Effect.gen(function*() {
      while (true) {
        yield* signer.tick(unfenced)
        const totals = yield* PayoutStore.use((store) => store.totals)
        const done = totals.find(({ status }) => status === "confirmed")?.count ?? 0
        if (done === count) return
        yield* Effect.sleep(50)
      }
    }))
    return [{
      what: "payouts a minute with real work, confirmed, SQLite",
      found: (count / seconds * 60).toFixed(1),
      wanted: "≥ 10"
    }] satisfies ReadonlyArray<Row>
  })

const print = (rows: ReadonlyArray<Row>): void => {
  process.stdout.write("| what | found | wanted |\n| --- | --- | --- |\n")
  for (const { found, wanted, what } of rows) process.stdout.write(`| ${what} | ${found} | ${wanted} |\n`)
}

const count = Number(flags.players)

const quiet = Effect.provideService(References.TracerEnabled, false)

const measured = Effect.gen(function*() {
  const postgres = yield* Effect.acquireRelease(
    Effect.promise(() => startPostgres("durable")),
    (server) => Effect.promise(server.stop)
  )
  const inSqlite = yield* Effect.provide(rounds("SQLite", count), Layer.fresh(faucetOn(layerSqliteTemporary, true)))
  const inPostgres = yield* Effect.provide(
    rounds("PostgreSQL", count),
    Layer.fresh(faucetOn(layerPostgresTemporary(postgres.url), true))
  )
  const paid = yield* Effect.provide(
    payouts(Number(flags.payouts)),
    Layer.fresh(faucetOn(layerSqliteTemporary, false))
  )
  const served = yield* Effect.promise(() => measureServed(Number(flags.rate), Number(flags.seconds)))
  return [...inSqlite, ...inPostgres, ...paid, ...served]
})

print(await Effect.runPromise(quiet(Effect.scoped(measured))))
