import { assert, describe, layer, type Vitest } from "@effect/vitest"
import { IdempotencyKey, LedgerStore, type LinkedSet } from "@purser/domain/ledger"
import { Transaction } from "@purser/domain/transaction"
import { Database, Migrations, Stores } from "@purser/storage"
import { temporaryPostgres } from "@purser/storage/testing"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { SqlClient } from "effect/sql/SqlClient"
import * as Tracer from "effect/Tracer"
import { inject } from "vitest"
import { accountNow, answers, booked, inShort, type makeAsks, opened, openedAsks } from "./asks.ts"

type Stored = LedgerStore | Transaction | SqlClient

/** Runs effects as two processes would: each has a pool of its own to one database. */
class Processes extends Context.Service<Processes, {
  /** In the first or second process, by whether the number is even. */
  readonly within: (number: number) => <A, E>(effect: Effect.Effect<A, E, Stored>) => Effect.Effect<A, E>
}>()("test/Processes") {}

const processes = Layer.effect(
  Processes,
  Effect.gen(function*() {
    const url = Redacted.make(yield* temporaryPostgres(inject("postgresUrl")))
    const database = Database.layerPostgres({ url, maxConnections: 8, acquireTimeoutMillis: 30_000 })
    yield* Effect.scoped(Effect.provide(Migrations.run, database, { local: true }))
    const open = Layer.build(Layer.fresh(Layer.provideMerge(Stores.layer, database)))
    const both = [yield* open, yield* open] as const
    return { within: (number) => (effect) => Effect.provideContext(effect, both[number % 2 === 0 ? 0 : 1]) }
  })
)

const within = (number: number) => <A, E>(effect: Effect.Effect<A, E, Stored>) =>
  Processes.use((processes) => processes.within(number)(effect))

/** Runs the effects at once, in turns in the one and the other process. */
const together = <A, E>(effects: ReadonlyArray<Effect.Effect<A, E, Stored>>) =>
  Effect.all(effects.map((effect, index) => within(index)(effect)), { concurrency: "unbounded" })

const post = (...sets: ReadonlyArray<LinkedSet>) => LedgerStore.use((store) => store.post(sets))

const verified = LedgerStore.use((store) => store.verify)

/** Begins a transaction in the first process that does `body` and then waits, so that others meet it half-way. */
const heldOpen = <A, E>(body: Effect.Effect<A, E, Stored>) =>
  Effect.gen(function*() {
    const reached = yield* Deferred.make<void>()
    const end = yield* Deferred.make<void>()
    const transaction = Transaction.use(({ atomically }) =>
      atomically(Effect.andThen(body, Effect.andThen(Deferred.succeed(reached, undefined), Deferred.await(end))))
    )
    const fiber = yield* Effect.forkChild(within(0)(transaction))
    yield* Deferred.await(reached)
    return Effect.andThen(Deferred.succeed(end, undefined), Fiber.join(fiber))
  })

/** Waits until some session of the database waits for a lock. */
const someoneWaits = Effect.gen(function*() {
  const sql = yield* SqlClient
  const waiting = sql<{ readonly count: bigint }>`
    SELECT count(*) AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
  `
  while ((yield* waiting)[0]!.count === 0n) yield* Effect.sleep("5 millis")
})

const concurrency = (it: Vitest.MethodsNonLive<Processes>): void => {
  it.effect("lets exactly as many spend from one account as it can bear, and leaves no gap", () =>
    Effect.gen(function*() {
      const asks = yield* within(0)(openedAsks("hot"))
      yield* within(0)(opened(asks.account("user", { balanceRule: "debits_at_most_credits" })))
      yield* within(0)(booked(asks.post("funds", { credit: asks.code("user"), amountMinor: 100n })))
      const spend = (name: string) => [asks.post(name, { debit: asks.code("user"), amountMinor: 1n })]
      const outcomes = yield* together(Array.from({ length: 32 }, (_, fiber) =>
        Effect.forEach(
          Array.from({ length: 5 }, (_, turn) => post(spend(`${fiber} ${turn}`))),
          (effect) => effect
        )))
      const said = outcomes.flat().flatMap(inShort)
      assert.strictEqual(said.filter((what) => what === "booked").length, 100)
      assert.strictEqual(said.filter((what) => what === "InsufficientFunds at 0 (debit)").length, 60)
      const user = yield* within(1)(accountNow(asks.code("user")))
      assert.deepInclude(user, { debitsPostedMinor: 100n, creditsPostedMinor: 100n, version: 101n })
      const { discrepancies, transfers } = yield* within(1)(verified)
      assert.deepStrictEqual(discrepancies, [])
      assert.strictEqual(transfers, 101n)
    }))

  it.effect("books one of many requests with one id, and answers all alike", () =>
    Effect.gen(function*() {
      const asks = yield* within(0)(openedAsks("one"))
      const outcomes = (yield* together(Array.from({ length: 32 }, () => post([asks.post("1")])))).flat()
      const successes = outcomes.map((outcome) => Result.getOrThrow(outcome))
      assert.strictEqual(successes.filter(({ replayed }) => !replayed).length, 1)
      for (const { transfers } of successes) assert.deepStrictEqual(transfers, successes[0]!.transfers)
      assert.strictEqual((yield* within(0)(accountNow(asks.code("a")))).version, 1n)
    }))

  it.effect("settles one of many attempts on a hold, and one of many reversals", () =>
    Effect.gen(function*() {
      const asks = yield* within(0)(openedAsks("once"))
      yield* within(0)(booked(asks.hold("held"), asks.post("posted")))
      const back = { debit: asks.code("b"), credit: asks.code("a"), reverses: asks.id("posted") }
      const outcomes = yield* together(
        Array.from(
          { length: 16 },
          (_, index) => post([asks.settle(`s${index}`, "held")], [asks.post(`r${index}`, back)])
        )
      )
      const [settled, reversed] = [0, 1].map((place) =>
        outcomes.map((answered) => inShort(answered)[place]!).toSorted()
      )
      assert.deepStrictEqual(settled, [
        ...Array.from({ length: 15 }, () => "PendingTransferAlreadySettled at 0 (pendingId)"),
        "booked"
      ])
      assert.deepStrictEqual(reversed, [
        ...Array.from({ length: 15 }, () => "TransferAlreadyReversed at 0 (reverses)"),
        "booked"
      ])
    }))

  it.effect("opens an account once for many who ask at once", () =>
    Effect.gen(function*() {
      const asks = yield* within(0)(openedAsks("rush"))
      const requests = Array.from({ length: 20 }, (_, index) => asks.account(`n${index}`))
      const found = yield* together(
        Array.from({ length: 16 }, (_, index) => opened(...index % 3 === 0 ? requests : requests.toReversed()))
      )
      const byCode = found.map((accounts) => accounts.toSorted((left, right) => left.code < right.code ? -1 : 1))
      for (const accounts of byCode) assert.deepStrictEqual(accounts, byCode[0])
    }))

  it.effect("expires a hold once where two workers look", () =>
    Effect.gen(function*() {
      const asks = yield* within(0)(openedAsks("workers"))
      const soon = { expiresAtMillis: (yield* Effect.clockWith((clock) => clock.currentTimeMillis)) + 300 }
      yield* within(0)(booked(...Array.from({ length: 20 }, (_, index) => asks.hold(String(index), soon))))
      yield* Effect.sleep("400 millis")
      const expired = yield* together(
        Array.from({ length: 8 }, () => LedgerStore.use((store) => store.expireHolds(50)))
      )
      assert.strictEqual(expired.flat().length, 20)
      assert.strictEqual((yield* within(0)(accountNow(asks.code("a")))).debitsPendingMinor, 0n)
    }))

  it.effect("shows readers a log without gaps, and verifies while others post", () =>
    Effect.gen(function*() {
      const asks = yield* within(0)(openedAsks("readers"))
      yield* within(0)(opened(...Array.from({ length: 8 }, (_, index) => asks.account(`n${index}`))))
      const writing = yield* Effect.forkChild(together(Array.from({ length: 8 }, (_, fiber) =>
        Effect.forEach(
          Array.from({ length: 20 }, (_, turn) => asks.post(`${fiber} ${turn}`, { debit: asks.code(`n${fiber}`) })),
          (request) => post([request])
        ))))
      const look = SqlClient.use((sql) =>
        sql<{ readonly count: bigint; readonly last: bigint }>`
          SELECT count(*) AS count, max(sequence) AS last FROM transfer
        `
      )
      let looks = 0
      while (writing.pollUnsafe() === undefined) {
        const [row] = yield* within(1)(look)
        assert.strictEqual(row!.count, row!.last)
        const { discrepancies } = yield* within(looks)(verified)
        assert.deepStrictEqual(discrepancies, [])
        looks += 1
      }
      yield* Fiber.join(writing)
      assert.isAbove(looks, 0)
    }))
}

const meetings = (it: Vitest.MethodsNonLive<Processes>): void => {
  it.effect("sees an id or key that another process was booking on other accounts", () =>
    Effect.gen(function*() {
      const asks = yield* within(0)(openedAsks("race"))
      yield* within(0)(opened(asks.account("c"), asks.account("d")))
      const idempotencyKey = IdempotencyKey.make("race")
      const elsewhere = { debit: asks.code("c"), credit: asks.code("d") }
      const commit = yield* heldOpen(booked(asks.post("1"), asks.hold("2"), asks.post("3", { idempotencyKey })))
      const meeting = yield* Effect.forkChild(
        within(1)(answers(
          [asks.post("1", elsewhere)],
          [asks.hold("2", elsewhere)],
          [asks.post("4", { ...elsewhere, idempotencyKey })],
          [asks.post("5", elsewhere)]
        ))
      )
      yield* within(0)(someoneWaits)
      yield* commit
      assert.deepStrictEqual(yield* Fiber.join(meeting), [
        "TransferExistsWithDifferentDebit at 0 (debit)",
        "TransferExistsWithDifferentDebit at 0 (debit)",
        "IdempotencyKeyUsedWithDifferentRequest at 0 (debit)",
        "booked"
      ])
    }))

  it.effect("ends a hold that another process was making", () =>
    Effect.gen(function*() {
      const asks = yield* within(0)(openedAsks("appear"))
      yield* within(0)(opened(asks.account("c"), asks.account("d")))
      const commit = yield* heldOpen(
        booked(asks.post("1"), asks.hold("2", { debit: asks.code("c"), credit: asks.code("d") }))
      )
      const meeting = yield* Effect.forkChild(within(1)(answers([asks.post("3")], [asks.settle("4", "2")])))
      yield* within(0)(someoneWaits)
      yield* commit
      assert.deepStrictEqual(yield* Fiber.join(meeting), ["booked", "booked"])
      assert.deepInclude(yield* within(0)(accountNow(asks.code("c"))), { debitsPostedMinor: 100n })
    }))

  it.effect("brings transactions to an end that wait for each other", () =>
    Effect.gen(function*() {
      const asks = yield* within(0)(openedAsks("cross"))
      yield* within(0)(opened(asks.account("c"), asks.account("d")))
      const elsewhere = { debit: asks.code("c"), credit: asks.code("d") }
      const first = booked(asks.post("1"))
      const second = booked(asks.post("2", elsewhere))
      const inOrder = (one: typeof first, other: typeof first) =>
        Transaction.use(({ atomically }) =>
          atomically(Effect.andThen(one, Effect.andThen(Effect.sleep("20 millis"), other)))
        )
      yield* together([
        inOrder(first, second),
        inOrder(booked(asks.post("3", elsewhere)), booked(asks.post("4")))
      ])
      assert.deepInclude(yield* within(0)(accountNow(asks.code("a"))), { debitsPostedMinor: 200n, version: 2n })
      assert.deepStrictEqual((yield* within(1)(verified)).discrepancies, [])
    }))

  it.effect("keeps others from posting while a transaction verifies that has begun before", () =>
    Effect.gen(function*() {
      const asks = yield* within(0)(openedAsks("still"))
      const commit = yield* heldOpen(verified)
      const meeting = yield* Effect.forkChild(within(1)(answers([asks.post("1")])))
      yield* within(0)(someoneWaits)
      yield* commit
      assert.deepStrictEqual(yield* Fiber.join(meeting), ["booked"])
    }))
}

/** The names of the spans that an effect makes, among them one for each statement and transaction. */
const spansOf = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.suspend(() => {
    const names: Array<string> = []
    const tracer = Tracer.make({
      span: (options) => {
        names.push(options.name)
        return new Tracer.NativeSpan(options)
      }
    })
    return Effect.as(Effect.withTracer(effect, tracer), names)
  })

/** Asks whose accounts the first process has booked on. */
const known = (space: string) =>
  within(0)(Effect.gen(function*() {
    const asks = yield* openedAsks(space)
    yield* opened(asks.account("user", { balanceRule: "debits_at_most_credits" }))
    yield* booked(asks.post("funds", { credit: asks.code("user") }))
    yield* booked(asks.post("known"))
    return asks
  }))

const remembered = (it: Vitest.MethodsNonLive<Processes>): void => {
  it.effect("books by one statement on accounts that nobody else has touched", () =>
    Effect.gen(function*() {
      const asks = yield* known("fast")
      const set = [asks.post("1"), asks.hold("2", { metadata: { a: "b" } }), asks.settle("4", "2", { amountMinor: 1n })]
      const spans = yield* within(0)(spansOf(answers(set)))
      assert.strictEqual(spans.length, 1)
      const others = yield* within(1)(spansOf(answers([asks.post("3")])))
      assert.isAbove(others.length, 1)
      assert.deepInclude(yield* within(0)(accountNow(asks.code("a"))), { version: 6n, debitsPostedMinor: 401n })
    }))

  it.effect("books rightly on accounts that another process has changed", () =>
    Effect.gen(function*() {
      const asks = yield* known("changed")
      yield* Effect.forEach([0, 0, 1, 0, 0, 1, 1, 0], (process, index) =>
        within(process)(booked(asks.post(String(index)))))
      const entries = yield* within(1)(LedgerStore.use((store) =>
        store.statement({ account: asks.code("b"), limit: 100 })
      ))
      assert.deepStrictEqual(
        entries.map(({ creditsPostedMinor }) =>
          creditsPostedMinor
        ),
        Array.from({ length: 9 }, (_, index) => 100n * BigInt(index + 1))
      )
    }))

  it.effect("sees that another process has closed an account", () =>
    Effect.gen(function*() {
      const asks = yield* known("closed")
      yield* within(1)(LedgerStore.use((store) => store.closeAccount(asks.code("b"))))
      assert.deepStrictEqual(yield* within(0)(answers([asks.post("1")])), ["CreditAccountClosed at 0 (credit)"])
    }))

  it.effect("sees what another process has spent or paid", () =>
    Effect.gen(function*() {
      const asks = yield* known("spent")
      const spend = (name: string) => answers([asks.post(name, { debit: asks.code("user") })])
      assert.deepStrictEqual(yield* within(1)(spend("1")), ["booked"])
      assert.deepStrictEqual(yield* within(0)(spend("2")), ["InsufficientFunds at 0 (debit)"])
      yield* within(1)(booked(asks.post("pay", { credit: asks.code("user") })))
      assert.deepStrictEqual(yield* within(0)(spend("2")), ["booked"])
    }))

  it.effect("sees what another process has booked under an id or key", () =>
    Effect.gen(function*() {
      const asks = yield* known("taken")
      const idempotencyKey = IdempotencyKey.make("taken")
      yield* within(0)(opened(asks.account("c"), asks.account("d")))
      const elsewhere = { debit: asks.code("c"), credit: asks.code("d") }
      yield* within(1)(booked(asks.post("1", { ...elsewhere, idempotencyKey }), asks.hold("2", elsewhere)))
      assert.deepStrictEqual(
        yield* within(0)(answers(
          [asks.post("3")],
          [asks.post("1")],
          [asks.post("4", { idempotencyKey })],
          [asks.hold("2")]
        )),
        [
          "booked",
          "TransferExistsWithDifferentDebit at 0 (debit)",
          "IdempotencyKeyUsedWithDifferentRequest at 0 (debit)",
          "TransferExistsWithDifferentDebit at 0 (debit)"
        ]
      )
      assert.deepStrictEqual(yield* within(0)(answers([asks.post("known")])), ["replayed"])
      assert.deepStrictEqual((yield* within(0)(verified)).discrepancies, [])
    }))

  it.effect("keeps to its own what a transaction that failed would have changed", () =>
    Effect.gen(function*() {
      const asks = yield* known("undone")
      yield* within(0)(Effect.exit(Transaction.use(({ atomically }) =>
        atomically(Effect.andThen(booked(asks.post("1")), Effect.fail("no")))
      )))
      assert.deepStrictEqual(yield* within(0)(answers([asks.post("2")])), ["booked"])
      assert.strictEqual((yield* within(0)(accountNow(asks.code("b")))).version, 2n)
    }))
}

/** Rows of others that ride along: a note under the number of the caller. */
const riding = (asks: ReturnType<typeof makeAsks>, index: number) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient
    const store = yield* LedgerStore
    const note = sql`INSERT INTO note (n) VALUES (${index % 30})`
    return yield* store.postWith(Effect.as(note, { sets: [[asks.post(`ride ${index}`)]], value: index }))
  })

const work = (it: Vitest.MethodsNonLive<Processes>): void => {
  it.effect("commits notes of many callers with their postings, few transactions for all, and a note only once", () =>
    Effect.gen(function*() {
      const asks = yield* within(0)(openedAsks("riding"))
      yield* within(0)(SqlClient.use((sql) => sql`CREATE TABLE note (n integer PRIMARY KEY)`))
      const exits = yield* together(Array.from({ length: 60 }, (_, index) => Effect.exit(riding(asks, index))))
      assert.strictEqual(exits.filter(Exit.isSuccess).length, 30)
      const [counted] = yield* within(1)(
        SqlClient.use((sql) =>
          sql<{ notes: bigint; transfers: bigint; transactions: bigint }>`SELECT (SELECT count(*) FROM note) AS notes,
          count(*) AS transfers, count(DISTINCT t.xmin::text) AS transactions FROM transfer AS t
          JOIN account AS a ON a.id = t.debit_id WHERE a.code = ${asks.code("a")}`
        )
      )
      assert.deepInclude(counted, { notes: 30n, transfers: 30n })
      assert.isBelow(Number(counted!.transactions), 20)
      assert.deepStrictEqual((yield* within(0)(verified)).discrepancies, [])
    }))
}

/** Callers enough for batches to be decided ahead, who often ask for what is there already, on accounts that both change. */
const eager = (it: Vitest.MethodsNonLive<Processes>): void => {
  it.effect("rests no decision on postings that came to something else", () =>
    Effect.gen(function*() {
      const asks = yield* within(0)(openedAsks("eager"))
      const caller = (name: number) =>
        Effect.forEach(Array.from({ length: 15 }, (_, index) => index), (index) => {
          const isKnown = name % 40 === 0 && index > 0
          const [whose, which] = isKnown ? [name + 1, index - 1] : [name, index]
          return within(name % 8 === 0 ? 1 : 0)(
            answers([asks.post(`${whose} ${which}`, { amountMinor: BigInt(whose + 1) })])
          )
        })
      yield* Effect.forEach(Array.from({ length: 300 }, (_, name) => name), caller, { concurrency: "unbounded" })
      assert.deepStrictEqual((yield* within(0)(verified)).discrepancies.slice(0, 3), [])
    }))
}

describe("LG-15 postings decided ahead in two processes on PostgreSQL", () => {
  layer(processes, { excludeTestServices: true })(eager)
})

describe("LG-15 work that rides along in two processes on PostgreSQL", () => {
  layer(processes, { excludeTestServices: true })(work)
})

describe("LG-5 LG-6 the ledger of two processes on PostgreSQL", () => {
  layer(processes, { excludeTestServices: true })((it) => {
    concurrency(it)
    meetings(it)
    remembered(it)
  })
})
