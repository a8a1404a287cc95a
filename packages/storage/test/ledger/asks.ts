/** Builds what tests ask of a ledger, with names of their own, so that tests can share one ledger. */
import {
  AccountCode,
  AccountRequest,
  deriveTransferId,
  HoldTransfer,
  LedgerStore,
  type LinkedSet,
  type Outcome,
  PostTransfer,
  ReasonCode,
  SettleTransfer,
  type TransferRequest,
  VoidTransfer
} from "@purser/domain/ledger"
import { Asset } from "@purser/domain/money"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

const reason = ReasonCode.make("test")

/** The requests of one test, whose accounts and transfers have names in the space of the test. */
export const makeAsks = (space: string) => {
  const code = (name: string) => AccountCode.make(`${space}:${name}`)
  const id = (name: string) => deriveTransferId(space, name)
  const moving = { debit: code("a"), credit: code("b"), asset: Asset.EUR.code, amountMinor: 100n, reason }
  return {
    code,
    id,
    account: (name: string, fields: Partial<AccountRequest> = {}) =>
      new AccountRequest({
        code: code(name),
        asset: Asset.EUR.code,
        normalSide: "credit",
        balanceRule: "none",
        ...fields
      }),
    post: (name: string, fields: Partial<PostTransfer> = {}) =>
      new PostTransfer({ id: id(name), ...moving, ...fields }),
    hold: (name: string, fields: Partial<HoldTransfer> = {}) =>
      new HoldTransfer({ id: id(name), ...moving, ...fields }),
    settle: (name: string, held: string, fields: Partial<SettleTransfer> = {}) =>
      new SettleTransfer({ id: id(name), reason, pendingId: id(held), ...fields }),
    release: (name: string, held: string, fields: Partial<VoidTransfer> = {}) =>
      new VoidTransfer({ id: id(name), reason, pendingId: id(held), ...fields })
  } as const
}

/** Opens accounts, which must succeed. */
export const opened = (...requests: ReadonlyArray<AccountRequest>) =>
  LedgerStore.use((store) =>
    Effect.flatMap(store.openAccounts(requests), (answers) => Effect.forEach(answers, Effect.fromResult))
  )

/** Asks with `a` and `b` opened, in euro and without a rule. */
export const openedAsks = (space: string) =>
  Effect.gen(function*() {
    const asks = makeAsks(space)
    yield* opened(asks.account("a"), asks.account("b"))
    return asks
  })

/** Books one set, which must succeed; answers with its transfers. */
export const booked = (...set: LinkedSet) =>
  LedgerStore.use((store) =>
    Effect.flatMap(
      store.post([set]),
      ([outcome]) => Effect.map(Effect.fromResult(outcome!), ({ transfers }) => transfers)
    )
  )

/** Books each request as a set of its own; all must succeed. */
export const bookedEach = (...requests: ReadonlyArray<TransferRequest>) =>
  LedgerStore.use((store) =>
    Effect.flatMap(
      store.post(requests.map((request) => [request])),
      (outcomes) =>
        Effect.forEach(outcomes, (outcome) => Effect.map(Effect.fromResult(outcome), ({ transfers }) => transfers[0]!))
    )
  )

/** What became of sets, in short: `booked`, `replayed`, or the reason with the field. */
export const inShort = (outcomes: ReadonlyArray<Outcome>): ReadonlyArray<string> =>
  outcomes.map((outcome) =>
    Result.match(outcome, {
      onSuccess: ({ replayed }) => replayed ? "replayed" : "booked",
      onFailure: ({ field, index, reason }) => `${reason} at ${index}${field === undefined ? "" : ` (${field})`}`
    })
  )

/** Posts sets; answers in short. */
export const answers = (...sets: ReadonlyArray<LinkedSet>) =>
  LedgerStore.use((store) => Effect.map(store.post(sets), inShort))

/** An account that is there. */
export const accountNow = (code: AccountCode) =>
  LedgerStore.use((store) => Effect.flatMap(store.account(code), Effect.fromOption))
