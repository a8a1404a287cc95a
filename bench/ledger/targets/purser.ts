/** Measures Purser: its ledger store on either database, through what every program has of it. */
import {
  AccountCode,
  AccountRequest,
  LedgerStore,
  type Outcome,
  PostTransfer,
  ReasonCode,
  type TransferId
} from "@purser/domain/ledger"
import { Asset } from "@purser/domain/money"
import { Database, type DatabaseRefused, Migrations, Stores } from "@purser/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { SqlClient } from "effect/sql/SqlClient"
import { accountCount, type Movement } from "../movements.ts"
import type { Kept, StoreName, Target } from "../Target.ts"

const codeOf = (index: number): AccountCode => AccountCode.make(`bench:${String(index).padStart(5, "0")}`)
const codes = Array.from({ length: accountCount }, (_, index) => codeOf(index))
const reason = ReasonCode.make("bench.moved")

/** Every payment is held against the limit, and none is over it. */
const request = (code: AccountCode): AccountRequest =>
  new AccountRequest({
    code,
    asset: Asset.EUR.code,
    normalSide: "credit",
    balanceRule: "debits_at_most_credits",
    overdraftMinor: 10n ** 15n
  })

const transferOf = ({ amountMinor, credit, debit, id }: Movement): PostTransfer =>
  new PostTransfer({
    id: id as TransferId,
    debit: codes[debit]!,
    credit: codes[credit]!,
    asset: Asset.EUR.code,
    amountMinor,
    reason
  }, { disableChecks: true })

const mustBeNew = (outcomes: ReadonlyArray<Outcome>): Effect.Effect<void, Error> => {
  const [outcome] = outcomes
  return outcome !== undefined && Result.isSuccess(outcome) && !outcome.success.replayed
    ? Effect.void
    : Effect.fail(new Error(`a posting was not booked: ${JSON.stringify(outcome)}`))
}

const kept = `SELECT a.credits_posted_minor - a.debits_posted_minor AS balance, a.version,
    (SELECT count(*) FROM entry AS e WHERE e.account_id = a.id) AS entries,
    COALESCE((SELECT e.credits_posted_minor - e.debits_posted_minor FROM entry AS e
      WHERE e.account_id = a.id ORDER BY e.version DESC LIMIT 1), 0) AS running,
    COALESCE(m.moved, 0) AS moved
  FROM account AS a LEFT JOIN (
    SELECT id, CAST(sum(amount) AS bigint) AS moved FROM (
      SELECT debit_id AS id, -amount_minor AS amount FROM transfer
      UNION ALL SELECT credit_id, amount_minor FROM transfer
    ) AS sides GROUP BY id
  ) AS m ON m.id = a.id ORDER BY a.code`

interface KeptRow {
  readonly balance: bigint
  readonly version: bigint
  readonly entries: bigint
  readonly running: bigint
  readonly moved: bigint
}

const keptOf = ({ balance, entries, moved, running, version }: KeptRow): Kept => ({
  balanceMinor: balance,
  version,
  entries,
  runningMinor: running,
  movedMinor: moved
})

type Services = LedgerStore | SqlClient

const makeTarget = async (
  store: StoreName,
  database: Layer.Layer<Database.Services, DatabaseRefused>,
  rest: (runtime: ManagedRuntime.ManagedRuntime<Services, unknown>) => Pick<Target, "setDurable" | "processes">
): Promise<Target> => {
  const migrated = Layer.provideMerge(Layer.effectDiscard(Migrations.run), database)
  const runtime = ManagedRuntime.make(Layer.provideMerge(Stores.layer, migrated))
  const ledger = await runtime.runPromise(LedgerStore)
  await runtime.runPromise(ledger.openAccounts(codes.map(request)))
  return {
    store,
    name: "purser",
    isBatched: false,
    prepare: (movements) =>
      movements.map((movement) => ({
        count: 1,
        send: Effect.flatMap(ledger.post([[transferOf(movement)]]), mustBeNew)
      })),
    read: () =>
      runtime.runPromise(Effect.gen(function*() {
        const sql = yield* SqlClient
        const accounts = yield* sql.unsafe<KeptRow>(kept)
        const [head] = yield* sql.unsafe<{ readonly last: bigint; readonly count: bigint }>(
          "SELECT (SELECT last FROM head WHERE name = 'ledger') AS last, (SELECT count(*) FROM transfer) AS count"
        )
        if (head!.last !== head!.count) throw new Error(`${head!.count} transfers are counted as ${head!.last}`)
        return { accounts: accounts.map(keptOf), transfers: head!.count }
      })),
    close: () => runtime.dispose(),
    ...rest(runtime)
  }
}

/** Purser on a PostgreSQL database, with a pool of the size that it has by default. */
export const purserOnPostgres = (
  url: string,
  rest: Pick<Target, "setDurable" | "processes">
): Promise<Target> => makeTarget("postgres", Database.layerPostgres({ url: Redacted.make(url) }), () => rest)

/** Purser on a SQLite file. It insists on FULL by itself; NORMAL is asked of its connection, to compare. */
export const purserOnSqlite = (path: string): Promise<Target> =>
  makeTarget("sqlite", Database.layerSqlite({ path }), (runtime) => ({
    setDurable: (isDurable) =>
      runtime.runPromise(
        Effect.asVoid(
          Effect.flatMap(SqlClient, (sql) => sql.unsafe(`PRAGMA synchronous = ${isDurable ? "FULL" : "NORMAL"}`))
        )
      ),
    processes: () => Promise.resolve([])
  }))
