import { assert, describe, it } from "@effect/vitest"
import { LedgerStore } from "@purser/domain/ledger"
import { PaymentStore } from "@purser/domain/payments"
import {
  type Id8,
  PaymentId,
  type Redeemed,
  ServiceToken,
  type TicketIntake,
  Tickets,
  TicketStore
} from "@purser/domain/tickets"
import * as Cause from "effect/Cause"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as References from "effect/References"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as TestClock from "effect/testing/TestClock"
import {
  assertSound,
  balances,
  confirmations,
  Derivations,
  events,
  id8Of,
  look,
  openBooks,
  payInFull,
  pidOf,
  priceMinor,
  redeem,
  useCases,
  world
} from "../world.ts"

const pid = pidOf(1)
const id8 = id8Of(pid)
/** Another secret with the same id. */
const twin = pidOf(1, 2)
const stranger = pidOf(9)

const redeemed = (of: PaymentId, at: Option.Option<Id8> = Option.some(id8Of(of))) =>
  Effect.map(redeem(of, at), (answer) => {
    assert(answer._tag === "Redeemed")
    return answer
  })
const hexOf = ({ token }: Redeemed) => ServiceToken.toHex(token)
const refusal = (of: PaymentId, at?: Option.Option<Id8>) => Effect.flip(redeem(of, at))
const counted = Derivations.use((derivations) => Effect.sync(() => derivations.count))
const claims = Effect.map(events, (all) => all.filter(({ topic }) => topic === "ticket.claimed").length)

describe("TK-1 redeeming a ticket", () => {
  it.effect("gives the token, and the same one for ever", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      yield* payInFull(wallet, pid)
      const first = yield* redeemed(pid)
      assert.deepInclude(first, { status: "success", balanceMinor: priceMinor })
      for (const at of [Option.some(id8), Option.none<Id8>()]) {
        const again = yield* redeemed(pid, at)
        assert.deepStrictEqual([again.status, hexOf(again)], ["already_claimed", hexOf(first)])
      }
      assert.strictEqual(yield* claims, 1)
      yield* assertSound(wallet)
    }).pipe(Effect.provide(world())))

  it.effect("is refused under another id after the claim as before it", () =>
    Effect.gen(function*() {
      yield* payInFull(yield* openBooks, pid)
      const other = Option.some(id8Of(stranger))
      assert.strictEqual((yield* Effect.flip(redeemed(pid, other)))._tag, "TicketNotFound")
      yield* redeemed(pid)
      assert.strictEqual((yield* Effect.flip(redeemed(pid, other)))._tag, "TicketNotFound")
    }).pipe(Effect.provide(world())))

  it.effect("is not called unpaid when a scan commits between two looks", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      wallet.pay(id8)
      wallet.mine(confirmations - 1)
      yield* look(wallet)
      const payments = yield* PaymentStore
      const intake = yield* Effect.context<LedgerStore | TicketIntake>()
      wallet.mine()
      const scanned = yield* Effect.cached(Effect.provideContext(look(wallet), intake))
      const between = Layer.succeed(PaymentStore, {
        ...payments,
        byTarget: (rail, target) => Effect.andThen(Effect.orDie(scanned), payments.byTarget(rail, target))
      })
      const answer = yield* Effect.provide(redeemed(pid), useCases().pipe(Layer.provide(between)))
      assert.deepInclude(answer, { status: "success", balanceMinor: priceMinor })
    }).pipe(Effect.provide(world())))

  it.effect("gives it without an id, too", () =>
    Effect.gen(function*() {
      yield* payInFull(yield* openBooks, pid)
      assert.strictEqual((yield* redeemed(pid, Option.none())).status, "success")
    }).pipe(Effect.provide(world())))

  it.effect("gives it again after more came, was revoked, or vanished", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      const key = yield* payInFull(wallet, pid)
      const first = yield* redeemed(pid)
      wallet.pay(id8, 5n)
      wallet.mine(confirmations)
      yield* look(wallet)
      const more = yield* redeemed(pid)
      assert.deepStrictEqual([hexOf(more), more.balanceMinor], [hexOf(first), priceMinor + 5n])
      yield* Tickets.use((tickets) =>
        tickets.revoke({ token: first.token, reason: null, abuseScore: 1, actor: "operator", correlationId: null })
      )
      wallet.lose(key)
      yield* look(wallet)
      const less = yield* redeemed(pid)
      assert.deepStrictEqual([hexOf(less), less.balanceMinor], [hexOf(first), 5n])
    }).pipe(Effect.provide(world())))

  it.effect("tells how far the payment is", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      wallet.pay(id8)
      yield* look(wallet)
      assert.deepStrictEqual<unknown>(yield* redeem(pid), {
        _tag: "Waiting",
        state: "pool",
        confirmations: 0,
        required: confirmations
      })
      wallet.mine(4)
      yield* look(wallet)
      assert.deepInclude(yield* redeem(pid), { state: "confirming", confirmations: 4 })
      wallet.mine(5)
      yield* look(wallet)
      assert.deepInclude(yield* redeem(pid), { state: "confirming", confirmations: 9 })
      wallet.mine()
      yield* look(wallet)
      assert.deepInclude(yield* redeem(pid), { status: "success" })
    }).pipe(Effect.provide(world())))

  it.effect("tells what is missing", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      wallet.pay(id8, 1n)
      wallet.mine(confirmations)
      wallet.pay(id8, 2n)
      yield* look(wallet)
      assert.deepInclude({ ...yield* refusal(pid) }, {
        _tag: "TicketUnderpaid",
        receivedMinor: 3n,
        requiredMinor: priceMinor
      })
      assert.strictEqual(yield* claims, 0)
    }).pipe(Effect.provide(world())))

  it.effect("moves every payment so far to the token, each by itself", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      for (const part of [1n, 2n, priceMinor]) wallet.pay(id8, part)
      wallet.mine(confirmations)
      wallet.pay(id8, 4n)
      wallet.mine()
      yield* look(wallet)
      assert.strictEqual((yield* redeemed(pid)).balanceMinor, priceMinor + 3n)
      assert.deepStrictEqual(yield* balances, [priceMinor + 7n, 4n, 0n, 0n, priceMinor + 3n])
      const moved = yield* LedgerStore.use((ledger) =>
        ledger.transfers({ reason: "ticket.claimed", order: "oldest_first", limit: 10 })
      )
      assert.sameMembers(moved.map(({ amountMinor }) => amountMinor), [1n, 2n, priceMinor])
      yield* assertSound(wallet)
    }).pipe(Effect.provide(world())))
})

describe("TK-10 TK-12 what is cheap and what is equal", () => {
  it.effect("refuses an id that nobody paid before any derivation", () =>
    Effect.gen(function*() {
      yield* payInFull(yield* openBooks, pid)
      for (let index = 0; index < 20; index++) {
        assert.strictEqual((yield* refusal(pidOf(100 + index)))._tag, "TicketNotFound")
      }
      assert.strictEqual(yield* counted, 0)
    }).pipe(Effect.provide(world())))

  it.effect("derives once where the id is known or left out", () =>
    Effect.gen(function*() {
      yield* payInFull(yield* openBooks, pid)
      yield* refusal(stranger, Option.some(id8))
      assert.strictEqual(yield* counted, 1)
      yield* refusal(stranger, Option.none())
      assert.strictEqual(yield* counted, 2)
      yield* redeemed(pid)
      assert.strictEqual(yield* counted, 3)
      yield* redeemed(pid)
      yield* redeemed(pid, Option.none())
      assert.strictEqual(yield* counted, 3, "what was claimed is known by its commitment")
    }).pipe(Effect.provide(world())))

  it.effect("answers alike for an unknown id, another's id, no id and an id of zeros", () =>
    Effect.gen(function*() {
      yield* payInFull(yield* openBooks, pid)
      yield* payInFull(yield* openBooks, pidOf(3))
      yield* redeem(pidOf(3))
      const zeros = Result.getOrThrow(PaymentId.parse("0".repeat(16) + "1".repeat(48)))
      const answers = yield* Effect.all([
        refusal(stranger),
        refusal(stranger, Option.some(id8)),
        refusal(stranger, Option.some(id8Of(pidOf(3)))),
        refusal(stranger, Option.none()),
        refusal(zeros, Option.none()),
        refusal(zeros, Option.some(id8))
      ])
      assert.deepStrictEqual(answers.map(({ _tag }) => _tag), Array.from(answers, () => "TicketNotFound"))
      assert.deepStrictEqual(answers.map((answer) => ({ ...answer })), Array.from(answers, () => ({ ...answers[0]! })))
    }).pipe(Effect.provide(world())))

  it.effect("is busy when derivations queue, and still serves what needs none", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      yield* payInFull(wallet, pid)
      const first = yield* redeemed(pid)
      yield* payInFull(wallet, pidOf(2))
      const derivations = yield* Derivations
      const open = yield* Deferred.make<void>()
      derivations.meanwhile = () => Deferred.await(open)
      const two = redeem(pidOf(2))
      const fibers = yield* Effect.forEach([1, 2], () => Effect.forkChild(two, { startImmediately: true }))
      assert.deepInclude({ ...yield* refusal(pidOf(2)) }, { _tag: "RedeemBusy", retryAfterMillis: 1_000 })
      assert.strictEqual(hexOf(yield* redeemed(pid)), hexOf(first))
      assert.strictEqual((yield* refusal(stranger))._tag, "TicketNotFound")
      const other = yield* Effect.forkChild(redeem(pidOf(2), Option.none()), { startImmediately: true })
      yield* Deferred.succeed(open, undefined)
      const answers = yield* Effect.forEach([...fibers, other], Fiber.join)
      assert.deepStrictEqual(answers.map(({ _tag }) => _tag), ["Redeemed", "Redeemed", "Redeemed"])
    }).pipe(Effect.provide(world())))

  it.effect("rations requests without an id apart", () =>
    Effect.gen(function*() {
      yield* payInFull(yield* openBooks, pid)
      const derivations = yield* Derivations
      const open = yield* Deferred.make<void>()
      derivations.meanwhile = () => Deferred.await(open)
      const strangers = Array.from({ length: 4 }, (_, index) => redeem(pidOf(50 + index), Option.none()))
      yield* Effect.forEach(strangers, (one) => Effect.forkChild(Effect.exit(one), { startImmediately: true }))
      assert.strictEqual((yield* refusal(pid, Option.none()))._tag, "RedeemBusy")
      const served = yield* Effect.forkChild(redeem(pid), { startImmediately: true })
      yield* Deferred.succeed(open, undefined)
      assert.deepInclude(yield* Fiber.join(served), { status: "success" })
    }).pipe(Effect.provide(world())))
})

const turns = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 40 }))

/** Runs both at once, with so many turns in the middle of each derivation. */
const race = <A, E, B, E2>(
  both: readonly [Effect.Effect<A, E, Tickets>, Effect.Effect<B, E2, Tickets>],
  slow: Readonly<Record<string, number>>
) =>
  Effect.gen(function*() {
    const derivations = yield* Derivations
    derivations.meanwhile = (bytes) =>
      Effect.repeat(Effect.yieldNow, { times: slow[String(bytes.at(-1))] ?? 0 }).pipe(Effect.asVoid)
    return yield* Effect.all([Effect.result(both[0]), Effect.result(both[1])], { concurrency: "unbounded" })
  }).pipe(Effect.provideService(References.MaxOpsBeforeYield, 3))

describe("TK-11 redeeming at the same moment", () => {
  const many = { scryptWithIdConcurrency: 4 }

  it.effect.prop(
    "the same secret: both get the one token",
    { left: turns, right: turns },
    ({ left, right }) =>
      Effect.gen(function*() {
        const wallet = yield* openBooks
        yield* payInFull(wallet, pid)
        const later = Effect.andThen(Effect.repeat(Effect.yieldNow, { times: right }), redeemed(pid))
        const answers = (yield* race([redeemed(pid), later], { 0: left })).map(Result.getOrThrow)
        assert.strictEqual(hexOf(answers[0]!), hexOf(answers[1]!))
        assert.sameMembers(answers.map(({ status }) => status), ["success", "already_claimed"])
        assert.strictEqual(yield* claims, 1)
        assert.strictEqual((yield* balances)[4], priceMinor)
        yield* assertSound(wallet)
      }).pipe(Effect.provide(world(many))),
    { arbitrary: { runs: 30 } }
  )

  it.effect.prop(
    "two secrets with one id: one gets it, for ever",
    { left: turns, right: turns },
    ({ left, right }) =>
      Effect.gen(function*() {
        const wallet = yield* openBooks
        yield* payInFull(wallet, pid)
        const answers = yield* race([redeemed(pid), redeemed(twin)], { 0: left, 2: right })
        const winners = answers.flatMap((answer) => Result.isSuccess(answer) ? [answer.success] : [])
        const losers = answers.flatMap((answer) => Result.isFailure(answer) ? [answer.failure._tag] : [])
        assert.deepStrictEqual([winners.map(({ status }) => status), losers], [["success"], ["TicketClaimedByAnother"]])
        const [winner, loser] = Result.isSuccess(answers[0]) ? [pid, twin] : [twin, pid]
        assert.strictEqual(hexOf(yield* redeemed(winner)), hexOf(winners[0]!))
        assert.strictEqual((yield* refusal(loser))._tag, "TicketClaimedByAnother")
        assert.strictEqual((yield* refusal(loser, Option.none()))._tag, "TicketClaimedByAnother")
        assert.strictEqual(yield* claims, 1)
        yield* assertSound(wallet)
      }).pipe(Effect.provide(world(many))),
    { arbitrary: { runs: 30 } }
  )

  it.effect("leaves either no claim or a whole one, wherever it is interrupted", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      let [whole, none] = [0, 0]
      for (let index = 0; index < 60; index++) {
        const one = pidOf(1_000 + index)
        yield* payInFull(wallet, one)
        const before = yield* claims
        const fiber = yield* Effect.forkChild(
          Effect.exit(redeem(one)).pipe(Effect.provideService(References.MaxOpsBeforeYield, 3))
        )
        for (let turn = 0; turn < index * 8; turn++) yield* Effect.yieldNow
        yield* Fiber.interrupt(fiber)
        yield* assertSound(wallet)
        const ticket = Option.getOrThrow(yield* TicketStore.use((tickets) => tickets.byId8(id8Of(one))))
        assert.strictEqual((yield* claims) - before, ticket.claim === null ? 0 : 1)
        if (ticket.claim === null) none += 1
        else whole += 1
        assert.strictEqual((yield* redeemed(one)).status, ticket.claim === null ? "success" : "already_claimed")
      }
      assert.isTrue(whole > 0 && none > 0, `${whole} whole, ${none} none`)
    }).pipe(Effect.provide(world(many))))

  it.effect("looks again when another was first, and asks to come back when that does not help", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      yield* payInFull(wallet, pid)
      const store = yield* TicketStore
      const losing = (times: number) => {
        let left = times
        return Layer.succeed(TicketStore, {
          ...store,
          claim: (...request: Parameters<typeof store.claim>) =>
            left-- > 0 ? Effect.succeed(Option.none()) : store.claim(...request)
        })
      }
      const desk = (times: number) => useCases().pipe(Layer.provide(losing(times)))
      const contended = yield* Effect.flip(Effect.provide(redeem(pid), desk(3), { local: true }))
      assert.deepInclude({ ...contended }, { _tag: "StorageError", failure: "Contended" })
      assert.deepInclude(yield* Effect.provide(redeem(pid), desk(2), { local: true }), { status: "success" })
    }).pipe(Effect.provide(world())))
})

describe("TK-9 a ticket that does not add up", () => {
  it.effect("is not claimed, and nothing is left behind", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      yield* payInFull(wallet, pid)
      yield* TicketStore.use((tickets) => tickets.credit(id8, 1n))
      const error = yield* refusal(pid)
      assert.deepInclude({ ...error }, { _tag: "StorageError", failure: "Broken", operation: "claimTicket" })
      assert.deepStrictEqual([yield* claims, (yield* balances)[4]], [0, 0n])
      const ticket = Option.getOrThrow(yield* TicketStore.use((tickets) => tickets.byId8(id8)))
      assert.isNull(ticket.claim)
      yield* TicketStore.use((tickets) => tickets.credit(id8, -1n))
      assert.strictEqual((yield* redeemed(pid)).status, "success")
    }).pipe(Effect.provide(world())))

  it.effect("is a defect when the books refuse the claim", () =>
    Effect.gen(function*() {
      yield* payInFull(yield* openBooks, pid)
      yield* LedgerStore.use((ledger) => ledger.closeAccount("tickets:claimed" as never))
      const exit = yield* Effect.exit(redeem(pid))
      assert.isTrue(Exit.isFailure(exit) && Cause.hasDies(exit.cause))
      assert.strictEqual(yield* claims, 0)
    }).pipe(Effect.provide(world())))
})

describe("TK-1 events of a claim", () => {
  it.effect("tell the amount and the time, and neither secret nor token", () =>
    Effect.gen(function*() {
      yield* payInFull(yield* openBooks, pid)
      yield* TestClock.setTime(77)
      const first = yield* redeemed(pid)
      const told = (yield* events).at(-1)!
      assert.deepStrictEqual<unknown>({ ...told }, {
        topic: "ticket.claimed",
        key: id8,
        payload: { amount: "10000" },
        atMillis: 77
      })
      const ticket = Option.getOrThrow(yield* TicketStore.use((tickets) => tickets.byId8(id8)))
      assert.strictEqual(ticket.claim!.claimedAtMillis, 77)
      const kept = JSON.stringify([ticket, yield* events], (_, value: unknown) =>
        typeof value === "bigint" ? String(value) : value)
      assert.notInclude(kept, PaymentId.toHex(pid))
      assert.notInclude(kept, hexOf(first))
    }).pipe(Effect.provide(world())))
})
