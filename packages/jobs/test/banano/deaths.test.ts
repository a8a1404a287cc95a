/** Kills and freezes the signer between each two steps of a payout, and lets another take over. */
import { assert, describe, it } from "@effect/vitest"
import { AccountCode, LedgerStore } from "@purser/domain/ledger"
import { BlockStore, PayoutRail } from "@purser/domain/payouts"
import type { OwingModel } from "@purser/domain/payouts/testing"
import { PayBananoPayouts, Stale, type Term } from "@purser/jobs"
import * as Cause from "effect/Cause"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { death, Deaths, mortals } from "./deaths.ts"
import {
  assertBooks,
  audit,
  Chain,
  drive,
  fund,
  makeNames,
  makeOwing,
  onModel,
  onSandbox,
  openOffice,
  paidMinor,
  payoutNamed,
  places,
  signing
} from "./world.ts"

const rails = { model: onModel, sandbox: () => onSandbox }

interface Course {
  readonly place: keyof typeof places
  readonly rail: keyof typeof rails
  /** Every point is hit, or every so many. */
  readonly stride: number
}

const worldOf = (owing: OwingModel, { place, rail }: Course, which: "all" | "rail") =>
  signing(owing).pipe(
    Layer.provideMerge(mortals(which)),
    Layer.provideMerge(Layer.mergeAll(rails[rail](), places[place]()))
  )

/** What a signer does from a debt to its confirmation: a receive, a send, and the looks that end them. */
const life = Effect.fnUntraced(function*(term: Term) {
  const { confirm } = yield* Chain
  for (let round = 0; round < 4; round += 1) {
    yield* Effect.catchTag(PayBananoPayouts.tick(term), "RailUnavailable", () => Effect.void)
    yield* confirm
    yield* Effect.sleep(5)
  }
})

/** Dies at that point, if life passes so many. Another takes over. Whether it died. */
const dieAt = Effect.fnUntraced(function*(point: number, name: string) {
  const deaths = yield* Deaths
  const term = yield* openOffice
  yield* deaths.arm(point, death)
  const exit = yield* Effect.flatMap(Effect.forkChild(life(term)), Fiber.await)
  const isHit = yield* deaths.disarm
  assert.strictEqual(Exit.isFailure(exit), isHit)
  yield* drive(yield* openOffice, [name])
  return { isHit, isTold: isHit }
})

/** What a signer writes of a payout and of its account. */
const written = Effect.fnUntraced(function*(name: string) {
  const payout = yield* payoutNamed(name)
  const wallet = yield* LedgerStore.use((ledger) => ledger.account(AccountCode.make("banano:wallet")))
  return {
    payout,
    block: yield* BlockStore.use(({ byHashes }) => byHashes([payout.block!])),
    newest: yield* BlockStore.use(({ newest }) => PayoutRail.use(({ account }) => newest(account))),
    wallet
  }
})

/** Freezes at that point; another takes over, and is done when the first wakes, which then writes nothing. */
const freezeAt = Effect.fnUntraced(function*(point: number, name: string) {
  const deaths = yield* Deaths
  const term = yield* openOffice
  const [frozen, thaw] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
  yield* deaths.arm(point, Effect.andThen(Deferred.succeed(frozen, undefined), Deferred.await(thaw)))
  const fiber = yield* Effect.forkChild(life(term))
  yield* Effect.raceFirst(Deferred.await(frozen), Fiber.await(fiber))
  const isHit = yield* deaths.disarm
  yield* drive(yield* openOffice, [name])
  const before = yield* written(name)
  yield* Deferred.succeed(thaw, undefined)
  const exit = yield* Fiber.await(fiber)
  assert.deepStrictEqual(yield* written(name), before)
  // One that wakes and finds nothing to write ends as if nothing had been; every other is told.
  const failure = Exit.isFailure(exit) ? Option.getOrUndefined(Cause.findErrorOption(exit.cause)) : undefined
  assert.isTrue(failure === undefined || failure instanceof Stale)
  return { isHit, isTold: failure !== undefined }
})

const mostPoints = 2_000

/** A debt and a receive for every point, until life is over before it is reached. All of them happen once. */
const atEachPoint = Effect.fnUntraced(function*<E, R>(
  owing: OwingModel,
  stride: number,
  strike: (
    point: number,
    name: string
  ) => Effect.Effect<{ readonly isHit: boolean; readonly isTold: boolean }, E, R>
) {
  const nextName = makeNames()
  let told = 0
  for (let point = 0; point < mostPoints; point += stride) {
    const name = nextName()
    yield* owing.owe({ name, player: name, amountMinor: 21n })
    yield* fund(50n)
    const { isHit, isTold } = yield* strike(point, name)
    told += isTold ? 1 : 0
    assert.strictEqual((yield* payoutNamed(name)).status, "confirmed", `point ${point}`)
    assert.strictEqual(yield* paidMinor(name), 21n, `point ${point}`)
    yield* audit([name])
    if (isHit) continue
    yield* assertBooks
    return { points: point, told }
  }
  return assert.fail("life never ended")
})

const title = ({ place, rail, stride }: Course): string =>
  `books in ${place}, rail of the ${rail}, every point of ${stride}`

const courses = (...all: ReadonlyArray<Course>) => all.map((course) => [title(course), course] as const)

describe("RW-8 RW-9 a signer that dies", () => {
  it.live.each(courses(
    { place: "memory", rail: "model", stride: 1 },
    { place: "sqlite", rail: "model", stride: 5 },
    { place: "postgres", rail: "model", stride: 13 },
    { place: "memory", rail: "sandbox", stride: 17 }
  ))("leaves what the next one needs: %s", ([, course]) => {
    const owing = makeOwing()
    return Effect.gen(function*() {
      yield* fund(1_000_000n)
      assert.isAtLeast((yield* atEachPoint(owing, course.stride, dieAt)).points, 100)
    }).pipe(Effect.provide(worldOf(owing, course, "all")))
  })
})

describe("RW-9 a signer that freezes while another takes over", () => {
  it.live.each(courses(
    { place: "memory", rail: "model", stride: 1 },
    { place: "sqlite", rail: "model", stride: 1 },
    { place: "postgres", rail: "model", stride: 2 },
    { place: "sqlite", rail: "sandbox", stride: 5 }
  ))("writes nothing when it wakes: %s", ([, course]) => {
    const owing = makeOwing()
    return Effect.gen(function*() {
      yield* fund(1_000_000n)
      const { points, told } = yield* atEachPoint(owing, course.stride, freezeAt)
      assert.isAtLeast(points, 20)
      assert.isAtLeast(told, 1)
    }).pipe(Effect.provide(worldOf(owing, course, "rail")))
  })
})
