import { assert, describe, layer } from "@effect/vitest"
import { AuditLog } from "@purser/domain/audit"
import { IdempotencyStore } from "@purser/domain/idempotency"
import { TicketStore } from "@purser/domain/tickets"
import { Stores } from "@purser/storage"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import { entry } from "../audit/auditSuite.ts"
import { begin, scope } from "../idempotency/idempotencySuite.ts"
import { claimOf, credited, idOf, revocationOf } from "../tickets/ticketSuite.ts"
import { atomically, Ground, on, poolWith } from "./world.ts"

/** Two pools on one database: what two processes are to each other. */
const twoPools = Effect.gen(function*() {
  const { url } = yield* Ground
  const [one, two] = yield* Effect.all([poolWith(Stores.layer, url), poolWith(Stores.layer, url)])
  return [on(one), on(two)] as const
})

const times = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, index) => index)

const appendAbout = (subject: string) => AuditLog.use((audit) => audit.append(entry(subject)))

const atOnce = <A, E, R>(effects: ReadonlyArray<Effect.Effect<A, E, R>>) =>
  Effect.all(effects, { concurrency: "unbounded" })

layer(Ground.layer, { excludeTestServices: true })((it) => {
  describe("TK-2 TK-11 tickets between two pools", () => {
    it.effect("give 32 claims of one ticket to one of them", () =>
      Effect.gen(function*() {
        const pools = yield* twoPools
        yield* pools[0](credited("rush", 5n))
        const answers = yield* atOnce(
          times(32).map((index) => {
            const claim = TicketStore.use((tickets) => tickets.claim(idOf("rush"), claimOf(`rush/${index}`), 5n))
            return pools[index % 2]!(index % 4 < 2 ? atomically(claim) : claim)
          })
        )
        const winners = answers.filter(Option.isSome)
        assert.strictEqual(winners.length, 1)
        assert.deepStrictEqual(yield* pools[1](TicketStore.use(({ byId8 }) => byId8(idOf("rush")))), winners[0])
      }))

    it.effect("count money that arrives while a ticket is claimed", () =>
      Effect.gen(function*() {
        const [one, two] = yield* twoPools
        for (const round of times(5)) {
          const name = `busy/${round}`
          yield* one(credited(name, 1n))
          const credit = one(TicketStore.use((tickets) => atomically(tickets.credit(idOf(name), 1n))))
          const claim = two(TicketStore.use((tickets) => atomically(tickets.claim(idOf(name), claimOf(name), 1n))))
          const [, claimed] = yield* Effect.all([atOnce(times(10).map(() => credit)), claim], { concurrency: 2 })
          const ticket = Option.getOrThrow(yield* two(TicketStore.use(({ byId8 }) => byId8(idOf(name)))))
          assert.isTrue(Option.isSome(claimed))
          assert.deepStrictEqual([ticket.creditedMinor, ticket.claimedMinor], [11n, 11n])
        }
      }))

    it.effect("claim nothing that is taken away at the same moment", () =>
      Effect.gen(function*() {
        const [one, two] = yield* twoPools
        yield* one(credited("vanishing", 4n))
        const reversed = yield* Deferred.make<void>()
        const reverse = Effect.gen(function*() {
          yield* TicketStore.use((tickets) => tickets.credit(idOf("vanishing"), -4n))
          yield* Deferred.succeed(reversed, undefined)
          yield* Effect.sleep(30)
        })
        const fiber = yield* Effect.forkChild(one(atomically(reverse)))
        yield* Deferred.await(reversed)
        const claim = TicketStore.use((tickets) => tickets.claim(idOf("vanishing"), claimOf("vanishing"), 4n))
        assert.deepStrictEqual(yield* two(claim), Option.none())
        yield* Fiber.join(fiber)
      }))

    it.effect("tell every revocation the same first one", () =>
      Effect.gen(function*() {
        const pools = yield* twoPools
        yield* pools[0](credited("contested", 1n))
        yield* pools[0](TicketStore.use((tickets) => tickets.claim(idOf("contested"), claimOf("contested"), 1n)))
        const { tokenHash } = claimOf("contested")
        const answers = yield* atOnce(
          times(24).map((index) => {
            const revoke = TicketStore.use((tickets) =>
              tickets.revoke(tokenHash, revocationOf(String(index), index, index))
            )
            return pools[index % 2]!(index % 4 < 2 ? atomically(revoke) : revoke)
          })
        )
        const { revocation } = Option.getOrThrow(
          yield* pools[0](TicketStore.use(({ byId8 }) => byId8(idOf("contested"))))
        )
        assert.isNotNull(revocation)
        const told = answers.map(Option.getOrThrow)
        for (const { ticket } of told) assert.deepStrictEqual(ticket.revocation, revocation)
        assert.strictEqual(told.filter(({ isNew }) => isNew).length, 1)
      }))
  })

  describe("PF-7 the audit log between two pools", () => {
    it.effect("shows no reader a gap, and numbers in the order of commits", () =>
      Effect.gen(function*() {
        const pools = yield* twoPools
        const look = Effect.map(pools[0](AuditLog.use((audit) => audit.list({ limit: 1000 }))), (records) => {
          for (const [index, { sequence }] of records.toReversed().entries()) {
            assert.strictEqual(sequence, BigInt(index + 1))
          }
        })
        const reader = yield* Effect.forkChild(Effect.forever(look))
        const append = (index: number) => {
          const appended = appendAbout(`crowd/${index}`)
          const body = index % 5 === 0 ? Effect.andThen(appended, Effect.fail("no")) : appended
          return Effect.exit(
            pools[index % 2]!(index % 3 !== 0 ? body : atomically(Effect.tap(body, () => Effect.yieldNow)))
          )
        }
        yield* Effect.forEach(times(150), append, { concurrency: 16 })
        yield* look
        assert.isUndefined(reader.pollUnsafe())
        yield* Fiber.interrupt(reader)
      }))

    it.effect("makes the next entry wait for the commit of the last", () =>
      Effect.gen(function*() {
        const [one, two] = yield* twoPools
        const order: Array<string> = []
        const appended = yield* Deferred.make<void>()
        const first = Effect.gen(function*() {
          const record = yield* appendAbout("first")
          yield* Deferred.succeed(appended, undefined)
          yield* Effect.sleep(50)
          order.push("first")
          return record
        })
        const fiber = yield* Effect.forkChild(one(atomically(first)))
        yield* Deferred.await(appended)
        const second = yield* two(Effect.tap(appendAbout("second"), () => Effect.sync(() => order.push("second"))))
        assert.strictEqual(second.sequence, (yield* Fiber.join(fiber)).sequence + 1n)
        assert.deepStrictEqual(order, ["first", "second"])
      }))
  })

  describe("PF-4 idempotency keys between two pools", () => {
    it.effect("start one of 32, when they are new and when a lease has passed", () =>
      Effect.gen(function*() {
        const pools = yield* twoPools
        for (const round of times(4)) {
          const answers = yield* atOnce(times(32).map((index) => pools[index % 2]!(begin(scope("rush"), 100 * round))))
          assert.strictEqual(answers.filter(({ _tag }) => _tag === "Started").length, 1)
          assert.strictEqual(answers.filter(({ _tag }) => _tag === "InFlight").length, 31)
        }
      }))

    it.effect("wait for an answer that is being committed", () =>
      Effect.gen(function*() {
        const [one, two] = yield* twoPools
        const answer = { status: 200, body: "{}" }
        yield* one(begin(scope("closing"), 0))
        const completed = yield* Deferred.make<void>()
        const close = Effect.gen(function*() {
          yield* IdempotencyStore.use((answers) => answers.complete(scope("closing"), answer))
          yield* Deferred.succeed(completed, undefined)
          yield* Effect.sleep(30)
        })
        const fiber = yield* Effect.forkChild(one(atomically(close)))
        yield* Deferred.await(completed)
        // The lease is over by now: without the wait the work would start once more.
        assert.deepStrictEqual(yield* two(begin(scope("closing"), 1000)), { _tag: "Repeated", answer })
        yield* Fiber.join(fiber)
      }))
  })
})
