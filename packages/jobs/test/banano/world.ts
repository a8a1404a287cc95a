/** Sets up a signer on the real client of a node, a sandbox of it, and books in any place. */
import { assert } from "@effect/vitest"
import { AccountCode, balanceMinor, LedgerStore, type LedgerStore as Ledger } from "@purser/domain/ledger"
import { layerMemory as ledgerMemory } from "@purser/domain/ledger/testing"
import type { Outbox } from "@purser/domain/outbox"
import { layerMemory as outboxMemory } from "@purser/domain/outbox/testing"
import {
  type BlockStore,
  type Payout,
  PayoutId,
  PayoutPolicy,
  PayoutRail,
  PayoutSigner,
  PayoutStore,
  type Ticked
} from "@purser/domain/payouts"
import { layerMemory as payoutsMemory, OwingModel, RailModel } from "@purser/domain/payouts/testing"
import type { Transaction } from "@purser/domain/transaction"
import { MemoryState } from "@purser/domain/transaction/testing"
import {
  type BananoAddress,
  BananoNode,
  BananoWork,
  minorOfRaw,
  rawOfMinor,
  type Signer,
  signerOf,
  type Work
} from "@purser/integrations/banano"
import { BananoSandbox } from "@purser/integrations/banano/sandbox"
import { BananoRail, Fencing, PayBananoPayouts, SignerHealth, type Term } from "@purser/jobs"
import { Stores } from "@purser/storage"
import { layerPostgresTemporary, layerSqliteTemporary } from "@purser/storage/testing"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { createHash } from "node:crypto"
import { inject } from "vitest"
import { fencingMemory } from "../engine/fencingMemory.ts"

/** What a signer's books are kept in, and the fence. */
export type StoreServices = BlockStore | Fencing | Ledger | Outbox | PayoutStore | Transaction

const memory = Layer.mergeAll(ledgerMemory, outboxMemory, payoutsMemory).pipe(Layer.provideMerge(MemoryState.layer))

/** A place of its own with every call. */
export const places: Readonly<Record<"memory" | "sqlite" | "postgres", () => Layer.Layer<StoreServices>>> = {
  memory: () => Layer.merge(memory, fencingMemory()),
  sqlite: () => Layer.merge(Stores.layer, Fencing.layer).pipe(Layer.provideMerge(layerSqliteTemporary)),
  postgres: () =>
    Layer.merge(Stores.layer, Fencing.layer).pipe(Layer.provideMerge(layerPostgresTemporary(inject("postgresUrl"))))
}

const seed = Redacted.make("0123456789abcdef".repeat(4))

/** The operator's account. */
export const operator: Signer = Result.getOrThrow(signerOf(seed))

const addresses = new Map<string, BananoAddress>()

/** The account of a player, by name. */
export const addressOf = (player: string): BananoAddress => {
  const seed = Redacted.make(createHash("sha256").update(player).digest("hex"))
  const address = addresses.get(player) ?? Result.getOrThrow(signerOf(seed)).address
  addresses.set(player, address)
  return address
}

/** The sandbox is content with any work: what is tested here is not how much of it there is. */
const anyWork = Layer.succeed(BananoWork, {
  find: () => Effect.succeed("0000000000000000" as Work),
  ahead: () => Effect.void
})

const sandbox = BananoSandbox.layer({
  host: "127.0.0.1",
  port: 0,
  dataFile: null,
  confirmationMillis: null,
  workThreshold: 0n
})

const node = Layer.unwrap(
  BananoSandbox.use(({ nodeUrl }) => Effect.succeed(BananoNode.layer({ url: nodeUrl, timeoutMillis: 250 })))
)

/** What can be done to a chain besides, in minor units. */
export class Chain extends Context.Service<Chain, {
  /** Money for the operator's account. */
  readonly fund: (amountMinor: bigint) => Effect.Effect<void>
  /** Confirms all blocks. */
  readonly confirm: Effect.Effect<void>
  /** What is confirmed for a player. */
  readonly paidMinor: (player: string) => Effect.Effect<bigint>
}>()("@purser/jobs/test/banano/Chain") {}

const chainOfSandbox = Layer.effect(
  Chain,
  Effect.gen(function*() {
    const { confirm, fund } = yield* BananoSandbox
    const { accountBalance } = yield* BananoNode
    return {
      fund: (amountMinor) => Effect.orDie(fund({ address: operator.address, amountRaw: rawOfMinor(amountMinor) })),
      confirm: Effect.orDie(confirm()),
      paidMinor: (player) =>
        Effect.orDie(
          Effect.map(accountBalance(addressOf(player)), ({ receivableRaw }) => minorOfRaw(receivableRaw))
        )
    }
  })
)

/** The real client on a sandbox, and the rail on both. */
export const onSandbox = Layer.merge(
  BananoRail.layer({ signer: operator, representative: operator.address }),
  chainOfSandbox
).pipe(
  Layer.provideMerge(Layer.merge(anyWork, node)),
  Layer.provideMerge(sandbox)
)

/** A model of a rail: quick, and obedient. */
export const onModel = (model = new RailModel()): Layer.Layer<Chain | PayoutRail> =>
  Layer.succeedContext(
    Context.make(PayoutRail, model.rail).pipe(
      Context.add(Chain, {
        fund: (amountMinor) => Effect.sync(() => void model.fund(amountMinor * 1000n)),
        confirm: Effect.sync(() => model.confirm()),
        paidMinor: (player) =>
          Effect.sync(() => {
            const address = addressOf(player)
            return model.sends.filter(({ isConfirmed, payee }) => isConfirmed && payee === address)
              .reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
          })
      })
    )
  )

/** Waits are short: the clock is the real one. */
export const makeOwing = (options: { readonly dryRun?: boolean } = {}): OwingModel => {
  const owing = new OwingModel({ ...options, addressOf })
  owing.retry = { baseMillis: 1, ceilingMillis: 4, mostAttempts: 5 }
  return owing
}

/** The signer over stores and a rail. */
export const signing = (owing: OwingModel) =>
  Layer.mergeAll(PayoutSigner.layer, SignerHealth.layer()).pipe(
    Layer.provideMerge(Layer.sync(PayoutPolicy, () => owing.policy))
  )

/** Takes the office, and opens the books. */
export const openOffice = Effect.gen(function*() {
  const term = yield* (yield* Fencing).take(PayBananoPayouts.name)
  yield* term.guard(PayoutSigner.use(({ books }) => books))
  return term
})

/** Money for the operator's account, in minor units. */
export const fund = (amountMinor: bigint) => Chain.use((chain) => chain.fund(amountMinor))

export const payoutNamed = (name: string) =>
  Effect.map(PayoutStore.use((payouts) => payouts.byIds([PayoutId.make(name)])), ([payout]) => payout!)

const isFinal = ({ status }: Payout): boolean => status === "confirmed" || status === "failed"

const mostRounds = 200

/** Round after round, whatever fails on the way, with all blocks confirmed between them, until these payouts are final. */
export const drive = Effect.fnUntraced(function*(
  term: Term,
  names: ReadonlyArray<string>,
  isDone: (payout: Payout) => boolean = isFinal
) {
  const done: Array<Ticked["step"]["_tag"] | "failure"> = []
  for (let round = 0; round < mostRounds; round += 1) {
    const ticked = yield* Effect.result(PayBananoPayouts.tick(term))
    if (Result.isFailure(ticked) && ticked.failure._tag !== "RailUnavailable") return yield* ticked.failure
    done.push(Result.isSuccess(ticked) ? ticked.success.step._tag : "failure")
    yield* Chain.use(({ confirm }) => confirm)
    const payouts = yield* Effect.forEach(names, payoutNamed)
    if (payouts.every(isDone)) return done
    yield* Effect.sleep(2)
  }
  return assert.fail(`not settled after ${mostRounds} rounds: ${done.join(" ")}`)
})

const account = (code: string) =>
  Effect.map(
    LedgerStore.use((ledger) => ledger.account(AccountCode.make(code))),
    Option.getOrThrow
  )

/** What is confirmed on the chain for a player, in minor units. */
export const paidMinor = (player: string) => Chain.use((chain) => chain.paidMinor(player))

const sumMinor = (payouts: ReadonlyArray<Pick<Payout, "amountMinor">>): bigint =>
  payouts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)

/** The books hold in themselves: every transfer is read. */
export const assertBooks = Effect.gen(function*() {
  assert.deepStrictEqual((yield* LedgerStore.use(({ verify }) => verify)).discrepancies, [])
})

/**
 * The auditor, once everything is settled: the books say what the chain says, and what players got is what left the wallet,
 * and is the sum of the debts that are confirmed.
 */
export const audit = Effect.fnUntraced(function*(players: ReadonlyArray<string>) {
  assert.deepStrictEqual(yield* PayoutSigner.use(({ reconcile }) => reconcile), [])
  for (const player of players) {
    const query = { player, status: "confirmed", sortBy: "queued", order: "ascending", limit: 100 } as const
    const confirmed = yield* PayoutStore.use(({ list }) => list(query))
    assert.strictEqual(yield* paidMinor(player), sumMinor(confirmed), `paid to ${player}`)
  }
  const totals = yield* PayoutStore.use((payouts) => payouts.totals)
  const wallet = yield* account("banano:wallet")
  assert.strictEqual(
    wallet.creditsPostedMinor,
    sumMinor(totals.filter(({ dryRun, status }) => status === "confirmed" && !dryRun))
  )
  assert.strictEqual(balanceMinor("credit", yield* account("payouts:payable")), 0n)
})

/** Names that no other test of the same world has. */
export const makeNames = () => {
  let count = 0
  return (): string => `player-${count += 1}`
}
