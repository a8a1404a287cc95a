import { assert, describe, type Vitest } from "@effect/vitest"
import { PayoutConfig, PayoutConfigStore } from "@purser/domain/faucet"
import { payoutConfigInMemory } from "@purser/domain/faucet/testing"
import { Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { SqlClient } from "effect/sql/SqlClient"
import { type Everything, failureOf, onEveryStore } from "../onEveryStore.ts"

const configOf = (fields: Partial<PayoutConfig> = {}): PayoutConfig =>
  new PayoutConfig({
    rateMinor: 10n ** 17n,
    caps: { unit: "kills", perDay: 0, perWeek: 1_000_000 },
    batchSize: 100_000,
    floorMinor: 0n,
    hourlyCeilingMinor: 2n ** 53n + 1n,
    dailyCeilingMinor: 10n ** 17n - 1n,
    killSwitch: false,
    ...fields
  })

const read = PayoutConfigStore.use((configs) => configs.read)

/** The tests of a place follow each other: each begins where the last one ended. */
const versionNow = Effect.map(read, Option.match({ onNone: () => 0, onSome: ({ version }) => version }))

const suite = (it: Vitest.MethodsNonLive<PayoutConfigStore | Transaction>): void => {
  it.effect("has nothing while nobody has changed anything, and keeps nothing after a version that is not", () =>
    Effect.gen(function*() {
      const configs = yield* PayoutConfigStore
      assert.deepStrictEqual(yield* configs.read, Option.none())
      assert.strictEqual(yield* failureOf(configs.write(configOf(), 1)), "Contended")
      assert.strictEqual(yield* failureOf(configs.write(configOf(), -1)), "Contended")
      assert.deepStrictEqual(yield* configs.read, Option.none())
    }))

  it.effect("gives back every field exactly, one version higher with each change", () =>
    Effect.gen(function*() {
      const configs = yield* PayoutConfigStore
      for (const config of [configOf(), configOf({ killSwitch: true, rateMinor: 0n }), configOf({ batchSize: 0 })]) {
        const version = yield* versionNow
        const written = yield* configs.write(config, version)
        assert.deepStrictEqual(written, { version: version + 1, config })
        assert.deepStrictEqual(yield* configs.read, Option.some(written))
      }
    }))

  it.effect("keeps one of several changes that were decided on one version", () =>
    Effect.gen(function*() {
      const configs = yield* PayoutConfigStore
      const version = yield* versionNow
      const changes = [1n, 2n, 3n, 4n].map((rateMinor) =>
        Effect.result(configs.write(configOf({ rateMinor }), version))
      )
      const told = yield* Effect.all(changes, { concurrency: "unbounded" })
      assert.strictEqual(told.filter(({ _tag }) => _tag === "Success").length, 1)
      assert.strictEqual(yield* versionNow, version + 1)
      assert.strictEqual(yield* failureOf(configs.write(configOf(), version)), "Contended")
    }))

  it.effect("leaves a transaction whole whose change came late, and forgets what it undoes", () =>
    Effect.gen(function*() {
      const configs = yield* PayoutConfigStore
      const { atomically } = yield* Transaction
      const version = yield* versionNow
      const late = Effect.andThen(failureOf(configs.write(configOf(), version + 5)), configs.write(configOf(), version))
      assert.strictEqual((yield* atomically(late)).version, version + 1)
      yield* Effect.flip(atomically(Effect.andThen(configs.write(configOf(), version + 1), Effect.fail("no"))))
      assert.strictEqual(yield* versionNow, version + 1)
    }))
}

const ofDatabases = (it: Vitest.MethodsNonLive<Everything>): void => {
  it.effect("fails on a config out of bounds, whoever wrote it", () =>
    Effect.gen(function*() {
      const version = yield* versionNow
      const tooMuch = JSON.stringify({ rateMinor: "100000000000000001" })
      yield* SqlClient.use((sql) => sql`INSERT INTO payout_config VALUES (${BigInt(version) + 1n}, ${tooMuch})`)
      assert.strictEqual(yield* failureOf(read), "Broken")
    }))
}

describe("RW-9 RW-18 the config of payouts", () => {
  onEveryStore(payoutConfigInMemory, suite, ofDatabases)
})
