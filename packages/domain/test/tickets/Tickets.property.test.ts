import { assert, describe, it } from "@effect/vitest"
import { PaymentStore } from "@purser/domain/payments"
import { ServiceToken, Tickets, TicketStore } from "@purser/domain/tickets"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import {
  assertSound,
  balanceOf,
  confirmations,
  id8Of,
  look,
  openBooks,
  pidOf,
  priceMinor,
  redeem,
  type Wallet,
  world
} from "./world.ts"

const pids = [pidOf(1), pidOf(2), pidOf(3)]

const deed = Schema.Struct({
  does: Schema.Literals([
    "pay",
    "pay",
    "pay a part",
    "pay locked",
    "mine",
    "mine",
    "mine deep",
    "lose",
    "pop",
    "move",
    "give back",
    "look",
    "look",
    "redeem",
    "redeem",
    "revoke"
  ]),
  who: Schema.Literals([0, 1, 2]),
  which: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 20 }))
})
const deeds = Arbitrary.array(Arbitrary.schema(deed), { maxLength: 50 })

/** Does to the wallet what is done on chain; false for what is done to the tickets. */
const onChain = (wallet: Wallet, { does, which, who }: typeof deed.Type): boolean => {
  const keys = [...wallet.payments.keys(), ...wallet.scan.vanished]
  const key = keys[which % Math.max(1, keys.length)]
  const target = id8Of(pids[who]!)
  if (does === "pay") wallet.pay(target)
  else if (does === "pay a part") wallet.pay(target, priceMinor / 3n)
  else if (does === "pay locked") wallet.pay(target, priceMinor, { unlockTime: 9n })
  else if (does === "mine") wallet.mine(1 + which % 3)
  else if (does === "mine deep") wallet.mine(confirmations)
  else if (key === undefined) return !["look", "redeem", "revoke"].includes(does)
  else if (does === "lose") wallet.lose(key)
  else if (does === "pop") wallet.pop(key)
  else if (does === "move" || does === "give back") wallet.giveBack(key)
  else return false
  return true
}

/** What the rows say that a ticket has been credited. */
const creditedOf = (who: number) =>
  PaymentStore.use((payments) =>
    Effect.map(
      payments.byTarget("monero", id8Of(pids[who]!)),
      (rows) => rows.reduce((sum, row) => row.bookedAs === "credited" ? sum + row.amountMinor : sum, 0n)
    )
  )

const ticketOf = (who: number) =>
  TicketStore.use((tickets) => Effect.map(tickets.byId8(id8Of(pids[who]!)), Option.getOrUndefined))

/** Sums of tickets and of accounts are those of the payments. */
const assertSums = Effect.gen(function*() {
  let [unclaimed, claimed] = [0n, 0n]
  for (const who of [0, 1, 2]) {
    const [ticket, creditedMinor] = [yield* ticketOf(who), yield* creditedOf(who)]
    assert.strictEqual(ticket?.creditedMinor ?? 0n, creditedMinor)
    if (ticket?.claim == null) unclaimed += creditedMinor
    else claimed += creditedMinor
  }
  assert.strictEqual(yield* balanceOf("tickets:unclaimed"), unclaimed)
  assert.strictEqual(yield* balanceOf("tickets:claimed"), claimed)
})

interface Run {
  readonly wallet: Wallet
  readonly tokens: Map<number, ServiceToken>
  readonly revoked: Set<number>
}

const redeemOne = Effect.fnUntraced(function*({ tokens }: Run, who: number) {
  const token = tokens.get(who)
  const answer = yield* Effect.result(redeem(pids[who]!))
  if (Result.isFailure(answer) || answer.success._tag === "Waiting") return assert.isUndefined(token)
  const { balanceMinor, status, token: given } = answer.success
  assert.strictEqual(status, token === undefined ? "success" : "already_claimed")
  assert.isTrue(token === undefined ? balanceMinor >= priceMinor : ServiceToken.equals(token, given))
  tokens.set(who, given)
})

const revokeOne = Effect.fnUntraced(function*({ revoked, tokens }: Run, who: number) {
  const token = tokens.get(who)
  if (token === undefined) return
  const request = { token, reason: null, abuseScore: 1, actor: "operator", correlationId: null }
  yield* Tickets.use((tickets) => tickets.revoke(request))
  revoked.add(who)
})

const assertStatus = Effect.fnUntraced(function*({ revoked, tokens }: Run) {
  for (const [who, token] of tokens) {
    const ticket = (yield* ticketOf(who))!
    const { status } = yield* Tickets.use((tickets) => tickets.tokenStatus(token))
    const lacks = ticket.creditedMinor < ticket.claimedMinor ? "suspended" : "active"
    assert.strictEqual(status, revoked.has(who) ? "revoked" : lacks)
  }
})

const last = { does: "look", who: 0, which: 0 } as const

describe("TK-6 TK-7 TK-9 whatever happens to a wallet", () => {
  it.effect.prop("the books follow it, and a secret has one token", { deeds }, ({ deeds }) =>
    Effect.gen(function*() {
      const run: Run = { wallet: yield* openBooks, tokens: new Map(), revoked: new Set() }
      for (const one of [...deeds, last]) {
        if (onChain(run.wallet, one)) continue
        if (one.does === "look") yield* look(run.wallet)
        else if (one.does === "redeem") yield* redeemOne(run, one.who)
        else yield* revokeOne(run, one.who)
        yield* assertSums
      }
      yield* assertStatus(run)
      yield* assertSound(run.wallet)
    }).pipe(Effect.provide(world())), { arbitrary: { runs: 40, size: 50 } })
})
