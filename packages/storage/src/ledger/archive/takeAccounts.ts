/** Opens and closes the accounts of an archive. */
import {
  type Account,
  type AccountError,
  AccountRules,
  type ArchivedAccount,
  ArchiveError,
  type ArchiveReason
} from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { makeAccountCommands, makeInsertAccounts } from "../accounts.ts"
import type { Bench } from "../Bench.ts"
import { makeFindAccounts } from "../findAccounts.ts"

/** An account and the line that it is on. */
export interface AccountLine {
  readonly line: number
  readonly account: ArchivedAccount
}

/** So many accounts are looked for and written together. */
const accountsAtOnce = 500

const reasons: Readonly<Record<AccountError["reason"], ArchiveReason>> = {
  AssetUnknown: "AssetUnknown",
  AccountExistsWithDifferentFields: "AccountDiffers",
  AccountNotFound: "LedgerChanged",
  AccountHasPendingTransfers: "AccountDiffers"
}

const refusedBy = ({ code, field, reason }: AccountError, line: number): ArchiveError =>
  new ArchiveError({ reason: reasons[reason], line, detail: field === undefined ? code : `${code} (${field})` })

const chunks = (lines: ReadonlyArray<AccountLine>) =>
  Array.from(
    { length: Math.ceil(lines.length / accountsAtOnce) },
    (_, index) => lines.slice(index * accountsAtOnce, (index + 1) * accountsAtOnce)
  )

/** Both are idempotent: what is there already is compared. */
export const makeTakeAccounts = (bench: Bench) => {
  const find = makeFindAccounts(bench)
  const insert = makeInsertAccounts(bench)
  const { closeAccount } = makeAccountCommands(bench)

  const openSome = Effect.fnUntraced(function*(lines: ReadonlyArray<AccountLine>) {
    const known = new Map<string, Account>()
    for (const [code, { account }] of yield* find(lines.map(({ account }) => account.code))) known.set(code, account)
    const fresh: Array<Account> = []
    for (const { account, line } of lines) {
      const at = { openedAtMillis: account.openedAtMillis, assets: bench.assets }
      const decided = AccountRules.decideOpen(account, known.get(account.code), at)
      if (Result.isFailure(decided)) return yield* Effect.fail(refusedBy(decided.failure, line))
      if (decided.success.isNew) fresh.push(decided.success.account)
      known.set(account.code, decided.success.account)
    }
    if (fresh.length > 0 && (yield* insert(fresh)) < fresh.length) {
      const detail = "somebody else opened an account"
      return yield* Effect.fail(new ArchiveError({ reason: "LedgerChanged", line: lines[0]!.line, detail }))
    }
  })

  return {
    /** Opens those that are not there. */
    open: (lines: ReadonlyArray<AccountLine>) =>
      Effect.forEach(chunks(lines), (some) => bench.atomically(openSome(some)), { discard: true }),
    /** Closes those that were closed. */
    close: (lines: ReadonlyArray<AccountLine>) =>
      Effect.forEach(
        lines.filter(({ account }) => account.state === "closed"),
        ({ account, line }) =>
          Effect.flatMap(closeAccount(account.code), (closed) =>
            Effect.fromResult(Result.mapError(closed, (error) => refusedBy(error, line)))),
        { discard: true }
      )
  }
}
