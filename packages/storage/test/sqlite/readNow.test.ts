import { assert, describe, it } from "@effect/vitest"
import { Id8, TicketStore } from "@purser/domain/tickets"
import { Transaction } from "@purser/domain/transaction"
import { Database, Migrations, Stores } from "@purser/storage"
import { temporaryPath } from "@purser/storage/testing"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as References from "effect/References"

const id8 = Id8.make("0123456789abcdef")
const look = Effect.map(TicketStore.use((tickets) => tickets.byId8(id8)), Option.isSome)

const onFile = <A, E, R>(body: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const path = yield* temporaryPath
    const database = Database.layerSqlite({ path })
    const stores = Stores.layer.pipe(Layer.provideMerge(database))
    return yield* Effect.provide(Effect.andThen(Migrations.run, body), Layer.fresh(stores))
  }).pipe(Effect.provideService(References.TracerEnabled, false))

describe("TK-9 a lone read on SQLite", () => {
  it.live("sees in the same turn what was committed", () =>
    onFile(Effect.gen(function*() {
      assert.isFalse(Effect.runSync(yield* Effect.map(Effect.context<TicketStore>(), (at) => Effect.provide(look, at))))
      yield* TicketStore.use((tickets) => tickets.ensure(id8, 1))
      assert.isTrue(yield* look)
    })))

  it.live("waits for an open transaction rather than see half of it", () =>
    onFile(Effect.gen(function*() {
      const [written, go] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
      const undone = Transaction.use((transaction) =>
        transaction.atomically(Effect.gen(function*() {
          yield* TicketStore.use((tickets) => tickets.ensure(id8, 1))
          assert.isTrue(yield* look)
          yield* Deferred.succeed(written, undefined)
          yield* Deferred.await(go)
          return yield* Effect.fail("undone")
        }))
      )
      const writer = yield* Effect.forkChild(Effect.flip(undone))
      yield* Deferred.await(written)
      const reader = yield* Effect.forkChild(look, { startImmediately: true })
      assert.isUndefined(reader.pollUnsafe())
      yield* Deferred.succeed(go, undefined)
      assert.strictEqual(yield* Fiber.join(writer), "undone")
      assert.isFalse(yield* Fiber.join(reader))
    })))
})
