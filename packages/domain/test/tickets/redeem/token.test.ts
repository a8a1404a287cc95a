import { assert, describe, it } from "@effect/vitest"
import { AuditLog } from "@purser/domain/audit"
import { type RevokeRequest, ServiceToken, Tickets } from "@purser/domain/tickets"
import { StorageError } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as TestClock from "effect/testing/TestClock"
import {
  confirmations,
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
const unknown = Result.getOrThrow(ServiceToken.parse("e".repeat(64)))

const status = (token: ServiceToken) => Tickets.use((tickets) => tickets.tokenStatus(token))
const revoke = (token: ServiceToken, fields: Partial<RevokeRequest> = {}) =>
  Tickets.use((tickets) =>
    tickets.revoke({ token, reason: "resold", abuseScore: 5, actor: "operator", correlationId: "c-1", ...fields })
  )
const audit = AuditLog.use((log) => log.list({ limit: 100 }))
const revocations = Effect.map(events, (all) => all.filter(({ topic }) => topic === "token.revoked"))

/** A token that was issued at 50. */
const issued = Effect.gen(function*() {
  const wallet = yield* openBooks
  const key = yield* payInFull(wallet, pid)
  yield* TestClock.setTime(50)
  const answer = yield* redeem(pid)
  assert(answer._tag === "Redeemed")
  return { wallet, key, token: answer.token }
})

describe("TK-2 looking at a token", () => {
  it.effect("shows what anybody who holds it may know", () =>
    Effect.gen(function*() {
      const { token } = yield* issued
      assert.deepStrictEqual(yield* status(token), {
        status: "active",
        amountMinor: priceMinor,
        issuedAtMillis: 50,
        revokedAtMillis: null,
        abuseScore: 0
      })
    }).pipe(Effect.provide(world())))

  it.effect("knows no token that was never given out", () =>
    Effect.gen(function*() {
      yield* issued
      assert.strictEqual((yield* Effect.flip(status(unknown)))._tag, "TokenNotFound")
    }).pipe(Effect.provide(world())))
})

describe("TK-2 revoking a token", () => {
  it.effect("holds from the first time on, and later ones change nothing", () =>
    Effect.gen(function*() {
      const { token } = yield* issued
      yield* TestClock.setTime(60)
      const first = yield* revoke(token)
      assert.deepStrictEqual(first, {
        status: "revoked",
        amountMinor: priceMinor,
        issuedAtMillis: 50,
        revokedAtMillis: 60,
        abuseScore: 5
      })
      yield* TestClock.setTime(70)
      assert.deepStrictEqual(yield* revoke(token, { reason: "other", abuseScore: 9 }), first)
      assert.deepStrictEqual(yield* revoke(token), first)
      assert.deepStrictEqual(yield* status(token), first)
    }).pipe(Effect.provide(world())))

  it.effect("is put into the audit log and told once", () =>
    Effect.gen(function*() {
      const { token } = yield* issued
      yield* TestClock.setTime(60)
      yield* revoke(token)
      yield* revoke(token, { reason: "other" })
      const hash = ServiceToken.hash(token)
      const entries = (yield* audit).map(({ entry }) => ({ ...entry }))
      assert.deepStrictEqual<unknown>(entries, [{
        actor: "operator",
        action: "token.revoke",
        subject: hash,
        details: { abuse_score: "5", reason: "resold" },
        correlationId: "c-1",
        atMillis: 60
      }])
      const told = (yield* revocations).map((event) => ({ ...event }))
      assert.deepStrictEqual<unknown>(told, [
        { topic: "token.revoked", key: hash, payload: { abuse_score: "5" }, atMillis: 60 }
      ])
    }).pipe(Effect.provide(world())))

  it.effect("is one deed when the very same is asked twice in a millisecond", () =>
    Effect.gen(function*() {
      const { token } = yield* issued
      assert.deepStrictEqual(yield* revoke(token), yield* revoke(token))
      assert.deepStrictEqual([(yield* audit).length, (yield* revocations).length], [1, 1])
    }).pipe(Effect.provide(world())))

  it.effect("does not happen where it can not be put into the audit log", () =>
    Effect.gen(function*() {
      const { token } = yield* issued
      const broken = new StorageError({ failure: "Broken", operation: "AuditLog.append" })
      const silent = Layer.effect(
        AuditLog,
        Effect.map(AuditLog, (log) => ({ ...log, append: () => Effect.fail(broken) }))
      )
      const refused = Effect.provide(revoke(token), useCases().pipe(Layer.provide(silent)), { local: true })
      assert.strictEqual(yield* Effect.flip(refused), broken)
      assert.deepInclude(yield* status(token), { status: "active", revokedAtMillis: null })
      assert.deepStrictEqual(yield* revocations, [])
    }).pipe(Effect.provide(world())))

  it.effect("needs no reason", () =>
    Effect.gen(function*() {
      const { token } = yield* issued
      yield* revoke(token, { reason: null, abuseScore: 0 })
      const [{ entry }] = (yield* audit) as [Effect.Success<typeof audit>[number]]
      assert.deepStrictEqual(entry.details, { abuse_score: "0" })
    }).pipe(Effect.provide(world())))

  it.effect("is one deed when many do it at once", () =>
    Effect.gen(function*() {
      const { token } = yield* issued
      const views = yield* Effect.all([1, 2, 3, 4].map((abuseScore) => revoke(token, { abuseScore })), {
        concurrency: "unbounded"
      })
      assert.strictEqual(new Set(views.map(({ abuseScore }) => abuseScore)).size, 1)
      assert.strictEqual((yield* audit).length, 1)
      assert.strictEqual((yield* revocations).length, 1)
    }).pipe(Effect.provide(world())))

  it.effect("stays when money vanishes or comes", () =>
    Effect.gen(function*() {
      const { key, token, wallet } = yield* issued
      yield* revoke(token)
      wallet.lose(key)
      yield* look(wallet)
      assert.deepInclude(yield* status(token), { status: "revoked", amountMinor: 0n })
      wallet.pay(id8Of(pid), 2n * priceMinor)
      wallet.mine(confirmations)
      yield* look(wallet)
      assert.deepInclude(yield* status(token), { status: "revoked", amountMinor: 2n * priceMinor })
    }).pipe(Effect.provide(world())))

  it.effect("refuses a token that was never given out, and notes nothing", () =>
    Effect.gen(function*() {
      yield* issued
      assert.strictEqual((yield* Effect.flip(revoke(unknown)))._tag, "TokenNotFound")
      assert.deepStrictEqual([yield* audit, yield* revocations], [[], []])
    }).pipe(Effect.provide(world())))
})
