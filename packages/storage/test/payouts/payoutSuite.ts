/** Tells what every store of payouts must do. */
import { assert, type Vitest } from "@effect/vitest"
import { BlockReference, type Payout, PayoutId, PayoutKey, type PayoutQuery, PayoutStore } from "@purser/domain/payouts"
import { payoutOf } from "@purser/domain/payouts/testing"
import { Transaction } from "@purser/domain/transaction"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import { failureOf } from "../onEveryStore.ts"

type Suite = (it: Vitest.MethodsNonLive<PayoutStore | Transaction>) => void

const byIds = (...ids: ReadonlyArray<string>) =>
  PayoutStore.use((payouts) => payouts.byIds(ids.map((id) => PayoutId.make(id))))

const add = (...payouts: ReadonlyArray<Payout>) => PayoutStore.use((store) => store.add(payouts))

const idsOf = (payouts: ReadonlyArray<Payout>): ReadonlyArray<string> => payouts.map(({ id }) => id)

/** Those of one test: the others of the place are left out. */
const among = (prefix: string) => (payouts: ReadonlyArray<Payout>): ReadonlyArray<string> =>
  idsOf(payouts).filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length))

/** A block for a payout that has one. */
const block = (name: string) => BlockReference.make(`block/${name}`)

const largest = payoutOf("largest", {
  player: "\"quoted\"/{a,NULL}",
  amountMinor: 2n ** 63n - 1n,
  dryRun: true,
  status: "unknown",
  queuedAtMillis: Number.MAX_SAFE_INTEGER,
  round: 7,
  block: block("largest"),
  takenAtMillis: 1,
  attempts: 3,
  firstAttemptAtMillis: 2,
  lastAttemptAtMillis: 3,
  nextAttemptAtMillis: Number.MAX_SAFE_INTEGER,
  failureReason: "odd \\ \"quoted\" ä\n"
})

const adding: Suite = (it) => {
  it.effect("gives back every field exactly, by id and by key", () =>
    Effect.gen(function*() {
      const payouts = yield* PayoutStore
      const plain = payoutOf("plain", { amountMinor: 2n ** 53n + 1n })
      yield* add(largest, plain)
      assert.deepStrictEqual(yield* byIds("largest"), [largest])
      assert.deepStrictEqual(yield* payouts.byKeys([plain.key, plain.key, PayoutKey.make("00".repeat(32))]), [plain])
    }))

  it.effect("leaves unknown ones out, and gives each once", () =>
    Effect.gen(function*() {
      const payouts = yield* PayoutStore
      yield* add(payoutOf("once"))
      assert.deepStrictEqual(idsOf(yield* byIds("once", "nobody", "once")), ["once"])
      assert.deepStrictEqual(yield* byIds(), [])
      assert.deepStrictEqual(yield* payouts.byKeys([]), [])
      yield* payouts.add([])
    }))

  it.effect("adds and finds more than a statement has parameters", () =>
    Effect.gen(function*() {
      const payouts = yield* PayoutStore
      const many = Array.from({ length: 5000 }, (_, index) => payoutOf(`many/${index}`, { status: "failed" }))
      yield* payouts.add(many)
      const ids = Array.from({ length: 70_000 }, (_, index) => PayoutId.make(`many/${index}`))
      assert.strictEqual((yield* payouts.byIds(ids)).length, 5000)
      assert.strictEqual((yield* payouts.byKeys(many.map(({ key }) => key))).length, 5000)
    }))

  it.effect("adds nothing beside an id or a key that exists", () =>
    Effect.gen(function*() {
      const known = payoutOf("known")
      yield* add(known)
      const twins = [
        payoutOf("known", { key: payoutOf("other_key").key }),
        payoutOf("other_id", { key: known.key }),
        known
      ]
      for (const twin of twins) {
        assert.strictEqual(yield* failureOf(add(payoutOf("beside"), twin)), "Contended")
      }
      assert.strictEqual(yield* failureOf(add(payoutOf("beside"), payoutOf("beside"))), "Contended")
      assert.deepStrictEqual(yield* byIds("known", "other_id", "beside"), [known])
    }))

  it.effect("leaves a transaction whole whose debt exists", () =>
    Effect.gen(function*() {
      const { atomically } = yield* Transaction
      yield* add(payoutOf("taken"))
      const work = Effect.gen(function*() {
        yield* add(payoutOf("before_it"))
        assert.strictEqual(yield* failureOf(add(payoutOf("with_it"), payoutOf("taken"))), "Contended")
        yield* add(payoutOf("after_it"))
      })
      yield* atomically(work)
      assert.sameMembers([...idsOf(yield* byIds("before_it", "with_it", "after_it"))], ["before_it", "after_it"])
    }))

  it.effect("forgets what its transaction undoes", () =>
    Effect.gen(function*() {
      const payouts = yield* PayoutStore
      const { atomically } = yield* Transaction
      const kept = payoutOf("kept")
      const changed = payoutOf("kept", { status: "failed" })
      yield* add(kept)
      const work = Effect.all([add(payoutOf("undone")), payouts.move(kept, changed), Effect.fail("no")])
      assert.strictEqual(yield* Effect.flip(atomically(work)), "no")
      assert.deepStrictEqual(yield* byIds("kept", "undone"), [kept])
    }))
}

const moving: Suite = (it) => {
  it.effect("replaces what changes", () =>
    Effect.gen(function*() {
      const payouts = yield* PayoutStore
      const before = payoutOf("moved")
      const after = payoutOf("moved", {
        payee: "ban_other",
        status: "sent",
        queuedAtMillis: 1,
        round: 2,
        block: block("moved"),
        takenAtMillis: 3,
        attempts: 4,
        firstAttemptAtMillis: 5,
        lastAttemptAtMillis: 6,
        nextAttemptAtMillis: 7,
        failureReason: "late"
      })
      yield* add(before, payoutOf("moved/other"))
      yield* payouts.move(before, after)
      assert.deepStrictEqual(yield* byIds("moved"), [after])
      yield* payouts.move(after, before)
      assert.deepStrictEqual(yield* byIds("moved"), [before])
      assert.deepStrictEqual(yield* byIds("moved/other"), [payoutOf("moved/other")])
    }))

  it.effect("moves nothing that is stored differently", () =>
    Effect.gen(function*() {
      const payouts = yield* PayoutStore
      const stored = payoutOf("differs", { status: "sent", block: block("differs"), attempts: 1 })
      yield* add(stored)
      const differences: ReadonlyArray<Partial<Payout>> = [
        { status: "unknown" },
        { round: 1 },
        { attempts: 2 },
        { block: block("another") },
        { block: null },
        { queuedAtMillis: 1 },
        { takenAtMillis: 1 },
        { firstAttemptAtMillis: 1 },
        { lastAttemptAtMillis: 1 },
        { nextAttemptAtMillis: 1 }
      ]
      for (const difference of differences) {
        const before = payoutOf("differs", { ...stored, ...difference })
        assert.strictEqual(yield* failureOf(payouts.move(before, stored)), "Contended", JSON.stringify(difference))
      }
      assert.strictEqual(yield* failureOf(payouts.move(payoutOf("nobody"), payoutOf("nobody"))), "Contended")
      assert.deepStrictEqual(yield* byIds("differs"), [stored])
    }))

  it.effect("gives one of two moves from a state the payout", () =>
    Effect.gen(function*() {
      const payouts = yield* PayoutStore
      const before = payoutOf("contest")
      yield* add(before)
      const moves = ["one", "two"].map((name) =>
        payouts.move(before, payoutOf("contest", { status: "signed", block: block(`contest/${name}`) }))
      )
      const outcomes = yield* Effect.all(moves.map(Effect.exit), { concurrency: "unbounded" })
      assert.deepStrictEqual(outcomes.map(({ _tag }) => _tag).toSorted(), ["Failure", "Success"])
    }))

  it.effect("never makes another debt of a payout", () =>
    Effect.gen(function*() {
      const payouts = yield* PayoutStore
      const before = payoutOf("debt")
      yield* add(before)
      const others = [
        payoutOf("debt", { amountMinor: 1n }),
        payoutOf("debt", { player: "player-2" }),
        payoutOf("debt", { dryRun: true }),
        payoutOf("debt", { key: payoutOf("other_debt").key }),
        payoutOf("other_debt")
      ]
      for (const other of others) {
        const exit = yield* Effect.exit(payouts.move(before, other))
        assert.isTrue(exit._tag === "Failure" && Cause.hasDies(exit.cause))
      }
      assert.deepStrictEqual(yield* byIds("debt", "other_debt"), [before])
    }))

  it.effect("gives two payouts of real money no one block", () =>
    Effect.gen(function*() {
      const payouts = yield* PayoutStore
      const one = payoutOf("single", { status: "signed", block: block("single") })
      const two = payoutOf("double")
      yield* add(one, two, payoutOf("dry", { dryRun: true }))
      const signed = { status: "signed", block: block("single") } as const
      assert.strictEqual(yield* failureOf(payouts.move(two, payoutOf("double", signed))), "Broken")
      yield* payouts.move(
        payoutOf("dry", { dryRun: true }),
        payoutOf("dry", { dryRun: true, status: "simulated", block: block("single") })
      )
      assert.deepStrictEqual(yield* byIds("double"), [two])
    }))
}

/** Those of other tests are there too, so these were queued before all others. */
const atDue = (name: string, queuedAtMillis: number, fields: Partial<Payout> = {}): Payout =>
  payoutOf(`due/${name}`, { queuedAtMillis: queuedAtMillis - 1000, ...fields })

const queueing: Suite = (it) => {
  it.effect("hands out what may have landed before what waits, the longest queued first", () =>
    Effect.gen(function*() {
      const payouts = yield* PayoutStore
      yield* add(
        atDue("q2", 2),
        atDue("q1", 1),
        atDue("q1b", 1),
        atDue("q0_waits", 0, { nextAttemptAtMillis: 51 }),
        atDue("q3", 3, { nextAttemptAtMillis: 50 }),
        atDue("q4_dry", 4, { dryRun: true }),
        atDue("s9", 9, { status: "sent", block: block("s9"), nextAttemptAtMillis: 50 }),
        atDue("u8", 8, { status: "unknown", block: block("u8") }),
        atDue("p7", 7, { status: "signed", block: block("p7"), nextAttemptAtMillis: 49 }),
        atDue("s6_waits", 6, { status: "sent", block: block("s6"), nextAttemptAtMillis: 51 }),
        atDue("failed", 0, { status: "failed" }),
        atDue("confirmed", 0, { status: "confirmed", block: block("due") }),
        atDue("simulated", 0, { status: "simulated", dryRun: true })
      )
      const all = yield* payouts.due(50, 1000)
      assert.deepStrictEqual(among("due/")(all), ["p7", "u8", "s9", "q1", "q1b", "q2", "q3", "q4_dry"])
      assert.deepStrictEqual(idsOf(yield* payouts.due(50, 4)), idsOf(all).slice(0, 4))
      const firstQueued = all.findIndex(({ status }) => status === "queued")
      assert.isTrue(all.slice(firstQueued).every(({ status }) => status === "queued"))
    }))

  it.effect("sums what is paid before a payout", () =>
    Effect.gen(function*() {
      const payouts = yield* PayoutStore
      const long = -8_000_000
      const at = (name: string, offset: number, fields: Partial<Payout> = {}) =>
        payoutOf(`sum/${name}`, { queuedAtMillis: long + offset, amountMinor: 10n ** BigInt(offset), ...fields })
      yield* add(
        at("b", 1),
        at("a", 1, { amountMinor: 5n }),
        at("c", 2),
        at("dry", 0, { dryRun: true }),
        at("failed", 0, { status: "failed" }),
        at("signed", 0, { status: "signed", block: block("sum") })
      )
      assert.strictEqual(yield* payouts.queuedBeforeMinor(at("a", 1)), 0n)
      assert.strictEqual(yield* payouts.queuedBeforeMinor(at("b", 1)), 5n)
      assert.strictEqual(yield* payouts.queuedBeforeMinor(at("c", 2)), 15n)
      assert.strictEqual(yield* payouts.queuedBeforeMinor(at("later", 3)), 115n)
    }))

  it.effect("totals each state of both books", () =>
    Effect.gen(function*() {
      const payouts = yield* PayoutStore
      const { atomically } = yield* Transaction
      const simulated = { dryRun: true, status: "simulated" } as const
      const rows = Effect.gen(function*() {
        const before = yield* payouts.totals
        yield* add(
          payoutOf("total/1", { amountMinor: 2n ** 60n, status: "failed" }),
          payoutOf("total/2", { ...simulated, amountMinor: 3n }),
          payoutOf("total/3", { ...simulated, amountMinor: 4n })
        )
        return { before, after: yield* payouts.totals }
      })
      const { after, before } = yield* atomically(rows)
      const grown = (status: Payout["status"], dryRun: boolean) => {
        const [old, now] = [before, after].map((totals) =>
          totals.find((total) => total.status === status && total.dryRun === dryRun)
        )
        return [(now?.count ?? 0) - (old?.count ?? 0), (now?.amountMinor ?? 0n) - (old?.amountMinor ?? 0n)]
      }
      assert.deepStrictEqual(grown("failed", false), [1, 2n ** 60n])
      assert.deepStrictEqual(grown("simulated", true), [2, 7n])
      assert.deepStrictEqual(grown("queued", false), [0, 0n])
      const places = after.map(({ dryRun, status }) => `${status} ${dryRun}`)
      assert.strictEqual(new Set(places).size, places.length)
    }))
}

const sorts = ["queued", "amount", "status"] as const
const directions = ["ascending", "descending"] as const

/** All pages, with something done between two of them. */
const paged = <E, R>(query: Omit<PayoutQuery, "after">, between: (page: number) => Effect.Effect<void, E, R>) =>
  Effect.gen(function*() {
    const payouts = yield* PayoutStore
    const found: Array<Payout> = []
    for (let page = 0;; page++) {
      const after = found.at(-1)?.id
      const next = yield* payouts.list({ ...query, ...after === undefined ? {} : { after } })
      if (next.length === 0) return found
      found.push(...next)
      yield* between(page)
    }
  })

/** Ties in every order: three times of queueing, two amounts, four states. */
const crowd = (player: string) =>
  Array.from({ length: 24 }, (_, index) =>
    payoutOf(`${player}/${String(index * 7 % 24).padStart(2, "0")}`, {
      player,
      queuedAtMillis: index % 3,
      amountMinor: BigInt(1 + index % 2),
      status: (["queued", "failed", "simulated", "confirmed"] as const)[index % 4]!,
      block: index % 4 === 3 ? block(`${player}/${index}`) : null,
      dryRun: index % 4 === 2
    }))

const listing: Suite = (it) => {
  it.effect("pages in each order without a gap or a repetition while rows are added", () =>
    Effect.gen(function*() {
      for (const sortBy of sorts) {
        for (const order of directions) {
          const player = `pages/${sortBy}/${order}`
          yield* add(...crowd(player))
          const late = (page: number) =>
            add(...[0, 1, 2].map((queuedAtMillis) =>
              payoutOf(`${player}/late/${page}/${queuedAtMillis}`, { player, queuedAtMillis, amountMinor: 1n })
            ))
          const query = { player, sortBy, order } as const
          const all = yield* PayoutStore.use((payouts) =>
            payouts.list({ ...query, limit: 1000 })
          )
          const read = yield* paged({ ...query, limit: 5 }, (page) => page < 4 ? late(page) : Effect.void)
          const ofOld = read.filter(({ id }) => !id.includes("/late/"))
          assert.deepStrictEqual(idsOf(ofOld), idsOf(all), `${sortBy} ${order}`)
          assert.strictEqual(new Set(idsOf(read)).size, read.length)
        }
      }
    }))

  it.effect("orders by the chosen column, then by when they were queued, then by id", () =>
    Effect.gen(function*() {
      const payouts = yield* PayoutStore
      const player = "orders"
      const of = (name: string, fields: Partial<Payout>) => payoutOf(`orders/${name}`, { player, ...fields })
      yield* add(
        of("a", { queuedAtMillis: 2, amountMinor: 9n }),
        of("b", { queuedAtMillis: 1, amountMinor: 10n }),
        of("c", { queuedAtMillis: 1, amountMinor: 9n }),
        of("Y", { queuedAtMillis: 1, amountMinor: 100n }),
        of("d", { queuedAtMillis: 0, amountMinor: 200n, status: "failed" })
      )
      const list = (sortBy: PayoutQuery["sortBy"], order: PayoutQuery["order"]) =>
        Effect.map(payouts.list({ player, sortBy, order, limit: 9 }), (found) => among("orders/")(found).join(""))
      const expected = { queued: "dYbca", amount: "cabYd", status: "Ybcad" } as const
      for (const sortBy of sorts) {
        assert.strictEqual(yield* list(sortBy, "ascending"), expected[sortBy])
        assert.strictEqual(yield* list(sortBy, "descending"), [...expected[sortBy]].toReversed().join(""))
      }
    }))

  it.effect("filters by player, state and books", () =>
    Effect.gen(function*() {
      const payouts = yield* PayoutStore
      const player = "filters"
      yield* add(
        payoutOf("filters/1", { player }),
        payoutOf("filters/2", { player, dryRun: true }),
        payoutOf("filters/3", { player, status: "failed" }),
        payoutOf("filters/4", { player: "filters_too", status: "failed" })
      )
      const found = (filter: Partial<PayoutQuery>) =>
        Effect.map(payouts.list({ sortBy: "queued", order: "ascending", limit: 1000, ...filter }), among("filters/"))
      assert.deepStrictEqual(yield* found({ player }), ["1", "2", "3"])
      assert.deepStrictEqual(yield* found({ player, dryRun: false }), ["1", "3"])
      assert.deepStrictEqual(yield* found({ player, dryRun: true }), ["2"])
      assert.deepStrictEqual(yield* found({ player, status: "failed" }), ["3"])
      assert.deepStrictEqual(yield* found({ player, status: "queued", dryRun: false }), ["1"])
      assert.deepStrictEqual(yield* found({ player: "nobody" }), [])
      assert.deepStrictEqual(yield* found({ player, after: PayoutId.make("filters/2") }), ["3"])
      assert.deepStrictEqual(yield* found({ player, after: PayoutId.make("filters/3") }), [])
      assert.deepStrictEqual(yield* found({ player, after: PayoutId.make("unknown") }), [])
    }))

  it.effect("ends with a defect where a page is out of bounds", () =>
    Effect.gen(function*() {
      const payouts = yield* PayoutStore
      for (const limit of [0, -1, 1001, 1.5, Number.NaN]) {
        for (
          const asked of [payouts.due(0, limit), payouts.list({ sortBy: "queued", order: "ascending", limit })]
        ) {
          const exit = yield* Effect.exit(asked)
          assert.isTrue(exit._tag === "Failure" && Cause.hasDies(exit.cause), String(limit))
        }
      }
    }))
}

/** The suite. */
export const payoutSuite: Suite = (it) => {
  adding(it)
  moving(it)
  queueing(it)
  listing(it)
}
