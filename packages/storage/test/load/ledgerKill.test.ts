import { assert, describe, it } from "@effect/vitest"
import { LedgerStore } from "@purser/domain/ledger"
import { layerMemory } from "@purser/domain/ledger/testing"
import { MemoryState } from "@purser/domain/transaction/testing"
import { Database, Migrations } from "@purser/storage"
import { temporaryPath, temporaryPostgres } from "@purser/storage/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { inject } from "vitest"
import { audit, heard } from "./ledger/audit.ts"
import { accounts, setOf } from "./ledger/requests.ts"
import { type Ground, playRound } from "./ledger/round.ts"

const grounds = {
  sqlite: Effect.gen(function*() {
    const address = yield* temporaryPath
    yield* Effect.provide(Migrations.run, Database.layerSqlite({ path: address }))
    return { dialect: "sqlite", address, isServerOurs: false } satisfies Ground
  }),
  postgres: Effect.gen(function*() {
    const address = yield* temporaryPostgres(inject("postgresUrl"))
    yield* Effect.provide(Migrations.run, Database.layerPostgres({ url: Redacted.make(address) }))
    return { dialect: "postgres", address, isServerOurs: false } satisfies Ground
  })
}

const seed = 1
const rounds = [1, 2]

describe.each(Object.entries(grounds))("LG-16 a ledger on %s whose program is killed", (_, ground) => {
  it.live(`loses nothing that was acknowledged and doubles nothing, seed ${seed}`, () =>
    Effect.gen(function*() {
      const own = yield* ground
      let answered = 0
      for (const round of rounds) {
        const audit = yield* playRound(own, seed, round)
        assert.deepStrictEqual(audit.faults, [], `round ${round} of seed ${seed}`)
        answered += audit.answered
      }
      assert.isAtLeast(answered, 10)
    }))
})

const shift = { seed: 1, round: 1, startMillis: Number.MAX_SAFE_INTEGER - 10_000 }
const questions = [1, 5].map((n) => ({ ...shift, caller: 0, n }))

/** Books the answers to two questions, and audits what a program is made to say of it. */
const lied = (printed: string) =>
  Effect.gen(function*() {
    const store = yield* LedgerStore
    yield* store.openAccounts(accounts)
    yield* store.post(questions.map(setOf))
    return (yield* audit(heard(printed, shift), 0n)).faults
  }).pipe(Effect.provide(Layer.fresh(Layer.provideMerge(layerMemory, MemoryState.layer))))

describe("LG-16 an auditor of killed programs", () => {
  it.effect.each(
    [
      ["the truth", "ready\n? 0 1\n? 0 5\n! 0 1 1\n! 0 5 2\n", []],
      ["less than the truth", "ready\n? 0 1\n? 0 5\n! 0 1 1\n! 0 5", []],
      ["of a posting that is not there", "? 0 9\n! 0 9 3\n", ["1/0/9 was acknowledged as 3 and is lost"]],
      ["of another place in the log", "? 0 1\n! 0 1 7\n", ["1/0/1 was acknowledged as 7 and is lost"]],
      [
        "that it was refused",
        "? 0 1\n! 0 1 InsufficientFunds\n",
        ["1/0/1 was refused (InsufficientFunds) and is there"]
      ],
      ["that something broke", "broken TypeError\n", ["broken TypeError"]]
    ] as const
  )("hears %s", ([, printed, faults]) =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* lied(printed), [...faults])
    }))
})
