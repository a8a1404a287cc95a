import { assert, describe, it } from "@effect/vitest"
import { InternalApi, InternalKey, PublicApi } from "@purser/contract"
import { HttpServers, Listener } from "@purser/http"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as HttpApiClient from "effect/http-api/HttpApiClient"
import * as HttpApiMiddleware from "effect/http-api/HttpApiMiddleware"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Layer from "effect/Layer"
import { confirmations, internalKey, pay, priceMinor, ticket, world } from "./world.ts"

const withKey = HttpApiMiddleware.layerClient(
  InternalKey,
  ({ next, request }) => next(HttpClientRequest.bearerToken(request, internalKey))
)

const clients = Effect.gen(function*() {
  const servers = yield* HttpServers
  return {
    payer: yield* HttpApiClient.make(PublicApi, { baseUrl: `http://${Listener.print(servers.public)}` }),
    operator: yield* HttpApiClient.make(InternalApi, { baseUrl: `http://${Listener.print(servers.internal)}` })
  }
})

const installation = Layer.mergeAll(world(), FetchHttpClient.layer, withKey)

describe("TK-1 TK-2 a client made from the contract", () => {
  it.live("redeems, looks and revokes with the contract's types", () =>
    Effect.gen(function*() {
      const { operator, payer } = yield* clients
      const held = yield* ticket("payer")
      yield* pay(held, { depth: 2 })
      const waiting = yield* payer.tickets.redeem({ payload: held })
      assert.deepStrictEqual(waiting, { state: "confirming", confirmations: 2, required: confirmations })
      yield* pay(held, { depth: confirmations })
      const redeemed = yield* payer.tickets.redeem({ payload: held })
      if (!("service_token" in redeemed)) return assert.fail("no token")
      assert.strictEqual(redeemed.balance, priceMinor)
      const params = { token: redeemed.service_token }
      const looked = yield* payer.tokens.look({ params })
      assert.isTrue(DateTime.isDateTime(looked.issued_at))
      assert.deepInclude(looked, { status: "active", amount: priceMinor, revoked_at: null })
      const revoked = yield* operator.tokens.revoke({ params, payload: { reason: "resold" } })
      assert.strictEqual(revoked.status, "revoked")
      const page = yield* operator.audit.list({ query: { action: "token.revoke", limit: 1 } })
      assert.deepStrictEqual(page.entries.map(({ details, sequence }) => [sequence, details.reason]), [[1n, "resold"]])
      assert.include(yield* operator.metrics.metrics(), "purser_redemptions_total")
    }).pipe(Effect.provide(installation)))

  it.live("gives refusals as values with codes", () =>
    Effect.gen(function*() {
      const { payer } = yield* clients
      const held = yield* ticket("payer")
      const unseen = yield* Effect.flip(payer.tickets.redeem({ payload: held }))
      assert.deepInclude(unseen, { code: "ticket_not_found", status: 404 })
      yield* pay(held, { depth: "pool", amountMinor: 7n })
      const poor = yield* Effect.flip(payer.tickets.redeem({ payload: held }))
      if (!("code" in poor) || poor.code !== "ticket_underpaid") return assert.fail("not underpaid")
      assert.deepStrictEqual([poor.received, poor.required], [7n, priceMinor])
    }).pipe(Effect.provide(installation)))

  it.live("reads health and the document", () =>
    Effect.gen(function*() {
      const { payer } = yield* clients
      assert.deepInclude(yield* payer.health.ready(), { state: "ok", checks: [{ name: "database", state: "ok" }] })
      assert.deepInclude(yield* payer.documents.openapi(), { openapi: "3.1.0" })
      assert.match(yield* payer.documents.docs(), /^<!doctype html>/u)
    }).pipe(Effect.provide(installation)))
})
