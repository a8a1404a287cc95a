/** Tells what every store of tickets must do. */
import { assert, type Vitest } from "@effect/vitest"
import { Claim, Commitment, Id8, Revocation, type Ticket, TicketStore, TokenHash } from "@purser/domain/tickets"
import { Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { createHash } from "node:crypto"
import { failureOf } from "../onEveryStore.ts"

const hashOf = (...words: ReadonlyArray<string>): string => createHash("sha256").update(words.join("/")).digest("hex")

/** The id of a ticket by a name. */
export const idOf = (name: string): Id8 => Id8.make(hashOf("id", name).slice(0, 16))

/** A claim by a name; the same name makes the same claim. */
export const claimOf = (name: string, rest: Partial<Claim> = {}): Claim =>
  new Claim({
    commitment: Commitment.make(hashOf("commitment", name)),
    tokenHash: TokenHash.make(hashOf("token", name)),
    format: 2,
    keyId: "key-1",
    transactionId: hashOf("transaction", name),
    claimedAtMillis: 1_700_000_000_001,
    ...rest
  })

/** A revocation. */
export const revocationOf = (reason: string | null, abuseScore = 0, revokedAtMillis = 1_700_000_000_002): Revocation =>
  new Revocation({ reason, abuseScore, revokedAtMillis })

const firstSeenAtMillis = 1_700_000_000_000

/** A ticket of that name, credited with an amount. */
export const credited = Effect.fnUntraced(function*(name: string, amountMinor: bigint) {
  const tickets = yield* TicketStore
  yield* tickets.ensure(idOf(name), firstSeenAtMillis)
  return yield* tickets.credit(idOf(name), amountMinor)
})

const claimed = Effect.fnUntraced(function*(name: string, amountMinor: bigint) {
  const tickets = yield* TicketStore
  yield* credited(name, amountMinor)
  return Option.getOrThrow(yield* tickets.claim(idOf(name), claimOf(name), amountMinor))
})

const amounts = ({ claimedMinor, creditedMinor }: Ticket): ReadonlyArray<bigint> => [creditedMinor, claimedMinor]

const crediting = (it: Vitest.MethodsNonLive<TicketStore | Transaction>): void => {
  it.effect("makes a ticket once", () =>
    Effect.gen(function*() {
      const tickets = yield* TicketStore
      const id8 = idOf("made")
      assert.deepStrictEqual(yield* tickets.byId8(id8), Option.none())
      yield* tickets.ensure(id8, firstSeenAtMillis)
      yield* tickets.credit(id8, 7n)
      yield* tickets.ensure(id8, firstSeenAtMillis + 1)
      assert.deepInclude(Option.getOrThrow(yield* tickets.byId8(id8)), {
        id8,
        creditedMinor: 7n,
        claimedMinor: 0n,
        claim: null,
        revocation: null,
        firstSeenAtMillis
      })
    }))

  it.effect("adds up what is credited, exactly", () =>
    Effect.gen(function*() {
      const tickets = yield* TicketStore
      yield* credited("sum", 2n ** 62n)
      assert.deepStrictEqual(amounts(yield* tickets.credit(idOf("sum"), 2n ** 62n - 1n)), [2n ** 63n - 1n, 0n])
      assert.deepStrictEqual(amounts(yield* tickets.credit(idOf("sum"), 1n - 2n ** 63n)), [0n, 0n])
    }))

  it.effect("raises what a claimed ticket stands for, and never lowers it", () =>
    Effect.gen(function*() {
      const tickets = yield* TicketStore
      yield* claimed("raised", 10n)
      assert.deepStrictEqual(amounts(yield* tickets.credit(idOf("raised"), -4n)), [6n, 10n])
      assert.deepStrictEqual(amounts(yield* tickets.credit(idOf("raised"), 5n)), [11n, 11n])
      yield* tickets.revoke(claimOf("raised").tokenHash, revocationOf(null))
      assert.deepStrictEqual(amounts(yield* tickets.credit(idOf("raised"), 1n)), [12n, 12n])
    }))

  it.effect("credits no ticket that is not there", () =>
    Effect.gen(function*() {
      const tickets = yield* TicketStore
      assert.strictEqual(yield* failureOf(tickets.credit(idOf("nobody"), 1n)), "Broken")
    }))
}

const claiming = (it: Vitest.MethodsNonLive<TicketStore | Transaction>): void => {
  it.effect("gives back every field of a claim", () =>
    Effect.gen(function*() {
      const tickets = yield* TicketStore
      const plain = claimOf("plain", { format: 1, keyId: null })
      yield* credited("plain", 3n)
      const ticket = Option.getOrThrow(yield* tickets.claim(idOf("plain"), plain, 3n))
      assert.deepStrictEqual(ticket.claim, plain)
      assert.deepStrictEqual(amounts(ticket), [3n, 3n])
      const found = [
        yield* tickets.byId8(idOf("plain")),
        yield* tickets.byCommitment(plain.commitment),
        yield* tickets.byTokenHash(plain.tokenHash)
      ]
      assert.deepStrictEqual(found, [Option.some(ticket), Option.some(ticket), Option.some(ticket)])
    }))

  it.effect("claims only what is credited with enough", () =>
    Effect.gen(function*() {
      const tickets = yield* TicketStore
      const ask = (requiredMinor: bigint) => tickets.claim(idOf("short"), claimOf("short"), requiredMinor)
      assert.deepStrictEqual(yield* ask(0n), Option.none())
      yield* credited("short", 9n)
      assert.deepStrictEqual(yield* ask(10n), Option.none())
      assert.deepInclude(Option.getOrThrow(yield* tickets.byId8(idOf("short"))), { claim: null, claimedMinor: 0n })
      assert.isTrue(Option.isSome(yield* ask(9n)))
    }))

  it.effect("claims once, whoever asks", () =>
    Effect.gen(function*() {
      const tickets = yield* TicketStore
      const first = yield* claimed("once", 4n)
      assert.deepStrictEqual(yield* tickets.claim(idOf("once"), claimOf("once"), 1n), Option.none())
      assert.deepStrictEqual(yield* tickets.claim(idOf("once"), claimOf("another"), 1n), Option.none())
      yield* tickets.revoke(claimOf("once").tokenHash, revocationOf("abuse"))
      assert.deepStrictEqual(yield* tickets.claim(idOf("once"), claimOf("another"), 1n), Option.none())
      assert.deepStrictEqual(Option.getOrThrow(yield* tickets.byId8(idOf("once"))).claim, first.claim)
    }))

  it.effect("gives 32 claims at once to one of them", () =>
    Effect.gen(function*() {
      const tickets = yield* TicketStore
      const { atomically } = yield* Transaction
      yield* credited("rush", 1n)
      const answers = yield* Effect.all(
        Array.from({ length: 32 }, (_, index) => atomically(tickets.claim(idOf("rush"), claimOf(`rush/${index}`), 1n))),
        { concurrency: "unbounded" }
      )
      const winners = answers.filter(Option.isSome)
      assert.strictEqual(winners.length, 1)
      assert.deepStrictEqual(yield* tickets.byId8(idOf("rush")), winners[0])
    }))

  it.effect("forgets a claim that its transaction undoes", () =>
    Effect.gen(function*() {
      const tickets = yield* TicketStore
      const { atomically } = yield* Transaction
      yield* credited("undone", 1n)
      const claim = tickets.claim(idOf("undone"), claimOf("undone"), 1n)
      assert.strictEqual(yield* Effect.flip(atomically(Effect.andThen(claim, Effect.fail("no")))), "no")
      assert.deepStrictEqual(yield* tickets.byCommitment(claimOf("undone").commitment), Option.none())
      assert.isTrue(Option.isSome(yield* claim))
    }))
}

const revoking = (it: Vitest.MethodsNonLive<TicketStore | Transaction>): void => {
  it.effect("revokes for ever, the first time only", () =>
    Effect.gen(function*() {
      const tickets = yield* TicketStore
      const { claim } = yield* claimed("revoked", 2n)
      const first = revocationOf("double \"spend\"", 32_767)
      const revoke = (revocation: Revocation) =>
        Effect.map(tickets.revoke(claimOf("revoked").tokenHash, revocation), Option.getOrThrow)
      const { isNew, ticket } = yield* revoke(first)
      assert.deepInclude(ticket, { claim, revocation: first, creditedMinor: 2n })
      assert.isTrue(isNew)
      assert.deepStrictEqual(yield* revoke(revocationOf(null, 1, 1)), { ticket, isNew: false })
      assert.deepStrictEqual(yield* revoke(first), { ticket, isNew: false })
      assert.deepStrictEqual(Option.getOrThrow(yield* tickets.byId8(idOf("revoked"))).revocation, first)
    }))

  it.effect("revokes no token that was never given out", () =>
    Effect.gen(function*() {
      const tickets = yield* TicketStore
      assert.deepStrictEqual(yield* tickets.revoke(claimOf("unheard").tokenHash, revocationOf(null)), Option.none())
    }))

  it.effect("lets one of 16 identical revocations at once take hold", () =>
    Effect.gen(function*() {
      const tickets = yield* TicketStore
      const { atomically } = yield* Transaction
      yield* claimed("identical", 2n)
      const revoke = atomically(tickets.revoke(claimOf("identical").tokenHash, revocationOf("same")))
      const answers = yield* Effect.all(Array.from({ length: 16 }, () => revoke), { concurrency: "unbounded" })
      assert.strictEqual(answers.filter((answer) => Option.getOrThrow(answer).isNew).length, 1)
    }))

  it.effect("tells 16 revocations at once the same first one", () =>
    Effect.gen(function*() {
      const tickets = yield* TicketStore
      const { atomically } = yield* Transaction
      yield* claimed("contested", 2n)
      const answers = yield* Effect.all(
        Array.from({ length: 16 }, (_, index) =>
          atomically(tickets.revoke(claimOf("contested").tokenHash, revocationOf(String(index), index, index)))),
        { concurrency: "unbounded" }
      )
      const { revocation } = Option.getOrThrow(yield* tickets.byId8(idOf("contested")))
      assert.isNotNull(revocation)
      for (const answer of answers) {
        assert.deepStrictEqual(Option.getOrThrow(answer).ticket.revocation, revocation)
      }
    }))
}

/** The suite. */
export const ticketSuite = (it: Vitest.MethodsNonLive<TicketStore | Transaction>): void => {
  crediting(it)
  claiming(it)
  revoking(it)
}
