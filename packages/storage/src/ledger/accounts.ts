/** Opens, closes and finds accounts. */
import { type Account, type AccountRequest, AccountRules, type LedgerStore } from "@purser/domain/ledger"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import type { SqlError } from "effect/sql/SqlError"
import { decoded } from "../decoded.ts"
import { asStorageError } from "../failures.ts"
import type { Bench } from "./Bench.ts"
import type { Given } from "./dialect/LedgerDialect.ts"
import { makeFindAccounts, makeLockAccounts } from "./findAccounts.ts"
import { codeRange } from "./prefix.ts"
import { accountOf, accountStates, balanceRules, sides } from "./rows.ts"

type Store = LedgerStore["Service"]

const columns = {
  code: "text",
  asset: "text",
  normal_side: "code",
  balance_rule: "code",
  overdraft_minor: "integer",
  metadata: "text",
  state: "code",
  opened_at_millis: "integer"
} as const

const rowOf = (account: Account): Given<typeof columns> => ({
  code: account.code,
  asset: account.asset,
  normal_side: sides.codeOf(account.normalSide),
  balance_rule: balanceRules.codeOf(account.balanceRule),
  overdraft_minor: account.overdraftMinor,
  metadata: JSON.stringify(account.metadata),
  state: accountStates.codeOf(account.state),
  opened_at_millis: BigInt(account.openedAtMillis)
})

const zeros = [
  "debits_posted_minor",
  "debits_pending_minor",
  "credits_posted_minor",
  "credits_pending_minor",
  "version"
]

/** In the order of codes, so that two openings of the same accounts wait for each other and not crosswise. */
const insertText = (table: string): string => {
  const given = Object.keys(columns)
  return `INSERT INTO account (${[...given, ...zeros].join(", ")})
    SELECT ${[...given.map((name) => `r.${name}`), ...zeros.map(() => "0")].join(", ")}
    FROM ${table} WHERE true ORDER BY r.code ON CONFLICT (code) DO NOTHING RETURNING code`
}

/** Writes accounts that are new and without totals; answers how many of them were not there. */
export const makeInsertAccounts = ({ dialect, sql }: Bench) => {
  const text = insertText(dialect.table(columns, 1))
  return (accounts: ReadonlyArray<Account>): Effect.Effect<number, SqlError> =>
    Effect.map(
      sql.unsafe(text, dialect.parameters({ columns, rows: accounts.map(rowOf) })),
      (inserted) => inserted.length
    )
}

const makeOpen = (bench: Bench) => {
  const { assets } = bench
  const find = makeFindAccounts(bench)
  const insert = makeInsertAccounts(bench)
  /** Undefined when somebody else has opened one of them meanwhile: then it is there to be found. */
  const attempt = Effect.fnUntraced(function*(requests: ReadonlyArray<AccountRequest>) {
    const openedAtMillis = yield* Clock.currentTimeMillis
    const found = yield* find(new Set(requests.map(({ code }) => code)))
    const known = new Map(Array.from(found, ([code, { account }]) => [code, account]))
    const fresh: Array<Account> = []
    const answers = requests.map((request) => {
      const decided = AccountRules.decideOpen(request, known.get(request.code), { openedAtMillis, assets })
      if (Result.isSuccess(decided) && decided.success.isNew) {
        known.set(request.code, decided.success.account)
        fresh.push(decided.success.account)
      }
      return Result.map(decided, ({ account }) => account)
    })
    return fresh.length === 0 || (yield* insert(fresh)) === fresh.length ? answers : undefined
  })
  const open = (requests: ReadonlyArray<AccountRequest>): Effect.Effect<
    Exclude<Effect.Success<ReturnType<typeof attempt>>, undefined>,
    Effect.Error<ReturnType<typeof attempt>>
  > => Effect.flatMap(attempt(requests), (answers) => answers === undefined ? open(requests) : Effect.succeed(answers))
  return open
}

/** The methods that change accounts as such. */
export const makeAccountCommands = (bench: Bench): Pick<Store, "openAccounts" | "closeAccount"> => {
  const { queries: { build, run } } = bench
  const open = makeOpen(bench)
  const lock = makeLockAccounts(bench)
  const close = Effect.fnUntraced(function*(code: Account["code"]) {
    const found = yield* lock([code])
    const decided = AccountRules.decideClose(code, found.get(code)?.account)
    if (Result.isSuccess(decided)) {
      const state = accountStates.codeOf(decided.success.state)
      yield* run(build.updateTable("account").set({ state }).where("code", "=", code))
    }
    return decided
  })
  return {
    openAccounts: (requests) => bench.atomically(asStorageError("LedgerStore.openAccounts")(open(requests))),
    closeAccount: (code) => bench.atomically(asStorageError("LedgerStore.closeAccount")(close(code)))
  }
}

/** The methods that look at accounts as they are now. */
export const makeAccountQueries = ({ queries: { all, build } }: Bench): Pick<Store, "account" | "accounts"> => {
  const read = build.selectFrom("account").selectAll()
  return {
    account: (code) =>
      decoded(all(read.where("code", "=", code)), accountOf).pipe(
        Effect.map(([account]) => Option.fromUndefinedOr(account)),
        asStorageError("LedgerStore.account")
      ),
    accounts: ({ after = "", limit, prefix }) => {
      const range = codeRange(prefix)
      if (range === undefined) return Effect.succeed([])
      // One lower bound: SQLite would walk from the first of two, whichever that is.
      const from = after < range.from ? read.where("code", ">=", range.from) : read.where("code", ">", after)
      const page = from.where("code", "<", range.to).orderBy("code").limit(limit)
      return asStorageError("LedgerStore.accounts")(decoded(all(page), accountOf))
    }
  }
}
