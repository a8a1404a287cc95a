/** Keeps an office from being held twice: the newest holder's token is checked in the very transaction that writes. */
import { type StorageError, Transaction } from "@purser/domain/transaction"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import type { SqlClient } from "effect/sql/SqlClient"
import type { Dialect, DialectName } from "../Dialect.ts"
import { asStorageError } from "../failures.ts"
import * as Queries from "../Queries.ts"

/** A newer holder has taken the office. Nothing was written; end the term, never try again with this one. */
export class Stale extends Data.TaggedError("Stale")<{ readonly name: string; readonly held: bigint }> {
  override get message(): string {
    return `${this.name}: term ${this.held} is over`
  }
}

/** One term of office. */
export interface Term {
  /** Greater than that of every term before. */
  readonly token: bigint
  /**
   * Runs an effect in a transaction that commits only while this term is the newest; fails with `Stale` when it is not.
   * As in every transaction the effect can run again on contention.
   */
  readonly guard: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E | Stale | StorageError, R>
}

/** What a fence is kept with. */
export type FenceRequirements = SqlClient | Transaction | Dialect

interface Tables {
  readonly fence: { readonly name: string; readonly token: bigint }
}

const select = ({ build }: Queries.Queries<Tables>, name: string) =>
  build.selectFrom("fence").select("token").where("name", "=", name)

/** The lock on the row makes the next holder wait until a guarded transaction has ended; SQLite has one writer anyway. */
const readings: Readonly<Record<DialectName, typeof select>> = {
  sqlite: select,
  postgres: (queries, name) => select(queries, name).forShare()
}

const increment = ({ build }: Queries.Queries<Tables>, name: string) =>
  build.insertInto("fence").values({ name, token: 1n })
    .onConflict((conflict) =>
      conflict.column("name").doUpdateSet((fence) => ({ token: fence("fence.token", "+", 1n) }))
    )
    .returning("token")

/** Begins a new term, which ends every earlier one, in whatever process. Take it before reading any state. */
export const takeTerm = (name: string): Effect.Effect<Term, StorageError, FenceRequirements> =>
  Effect.gen(function*() {
    const queries = yield* Queries.make<Tables>()
    const transaction = yield* Transaction
    const named = asStorageError("Fence.take")
    const row = yield* transaction.atomically(named(queries.first(increment(queries, name))))
    const token = row!.token
    const check = Effect.flatMap(
      asStorageError("Fence.guard")(queries.first(readings[queries.dialect](queries, name))),
      (now) => now?.token === token ? Effect.void : Effect.fail(new Stale({ name, held: token }))
    )
    return { token, guard: (effect) => transaction.atomically(Effect.andThen(check, effect)) }
  })
