/** Puts the ledger of the stores on a harmed connection. */
import { LedgerStore } from "@purser/domain/ledger"
import type { Process } from "@purser/domain/ledger/testing"
import { Transaction } from "@purser/domain/transaction"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { SqlClient } from "effect/sql/SqlClient"
import { Dialect, type DialectName } from "../../Dialect.ts"
import { layer as ledger } from "../../ledger/LedgerStoreSql.ts"
import type { Breaker } from "./Breaker.ts"

/** What a process works with. */
export interface Parts {
  readonly breaker: Breaker
  readonly sql: SqlClient
  readonly transaction: Transaction["Service"]
  readonly dialect: DialectName
}

/** A process whose ledger is the one that is shipped, on a client that can be broken. */
export const makeProcess = (
  { breaker, dialect, sql, transaction }: Parts
): Effect.Effect<Process, never, Scope.Scope> => {
  const services = Context.make(SqlClient, sql).pipe(
    Context.add(Transaction, transaction),
    Context.add(Dialect, dialect)
  )
  return Effect.map(
    Layer.build(Layer.fresh(Layer.provide(ledger, Layer.succeedContext(services)))),
    (context): Process => ({
      store: Context.get(context, LedgerStore),
      arm: (fault) => breaker.arm(fault),
      disarm: () => breaker.disarm(),
      hasCrashed: () => breaker.hasCrashed
    })
  )
}
