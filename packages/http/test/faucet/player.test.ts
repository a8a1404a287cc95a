import { assert, describe, it } from "@effect/vitest"
import { BlockReference, PayoutId, PayoutStore } from "@purser/domain/payouts"
import { payoutOf } from "@purser/domain/payouts/testing"
import { EarningStore } from "@purser/domain/rewards"
import { accrualOf, playerOf } from "@purser/domain/rewards/testing"
import * as Effect from "effect/Effect"
import { jsonOf } from "../ask.ts"
import { makeDesk } from "./desk.ts"
import { addressOf, arrive, at, faucetWorld, from, makeDirectory } from "./faucetWorld.ts"

const link = (cookie: string, address: unknown, headers: Readonly<Record<string, string>> = {}) =>
  at("public", "/link/wallet", { headers: { ...from(cookie), ...headers }, value: { banano_address: address } })

const get = (path: string, cookie: string) => at("public", path, { headers: { cookie } })

const statusOf = (cookie: string) => Effect.map(get("/me/status", cookie), jsonOf)

const iso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/u
const ann = playerOf("ann").id

/** Three rows, of which two are in a payout, and some payouts. */
const history = Effect.gen(function*() {
  const earnings = yield* EarningStore
  const payouts = yield* PayoutStore
  const rows = [1, 2, 3].map((epochMinute) => accrualOf({ playerId: ann, epochMinute, kills: epochMinute }))
  for (const [index, row] of rows.entries()) yield* earnings.add([row], { atMillis: index * 60_000, dryRun: false })
  const made = [
    payoutOf("p1", { player: ann, payee: addressOf("a"), queuedAtMillis: 1_000, status: "confirmed" }),
    payoutOf("p2", { player: ann, payee: addressOf("a"), queuedAtMillis: 2_000, amountMinor: 1n }),
    payoutOf("p3", { player: ann, payee: addressOf("a"), queuedAtMillis: 3_000, dryRun: true, status: "simulated" }),
    payoutOf("q1", { player: playerOf("bob").id, queuedAtMillis: 4_000 })
  ]
  yield* payouts.add(made)
  yield* payouts.move(
    made[1]!,
    payoutOf("p2", {
      ...made[1]!,
      status: "sent",
      block: BlockReference.make("F".repeat(64)),
      takenAtMillis: 5_000
    })
  )
  yield* earnings.assign(PayoutId.make("p1"), [rows[0]!.id, rows[1]!.id])
})

describe("RW-4 POST /link/wallet", () => {
  it.live("links the first address at once, and a change later", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "ann")
      const first = jsonOf(yield* link(cookie, addressOf("a")))
      assert.deepInclude(first, { linked: true, address: addressOf("a"), pending: false })
      assert.match(String(first.effective_at), iso)
      assert.deepStrictEqual(jsonOf(yield* link(cookie, addressOf("a"))), first)
      const second = jsonOf(yield* link(cookie, addressOf("b")))
      assert.deepInclude(second, { linked: true, address: addressOf("b"), pending: true })
      assert.isAbove(Date.parse(String(second.effective_at)) - Date.parse(String(first.effective_at)), 86_399_000)
      const status = yield* statusOf(cookie)
      assert.strictEqual(status.wallet_address, addressOf("a"))
      assert.deepInclude(status.pending_wallet as object, { address: addressOf("b") })
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live.each([
    [addressOf("x"), "expected a Banano address with a right checksum (Checksum)"],
    ["nano_1abc", "expected a Banano address with a right checksum (Prefix)"],
    ["ban_1", "expected a Banano address with a right checksum (Length)"],
    ["", "expected a Banano address"],
    [`${addressOf("a")} `, "expected a Banano address"],
    [7, "expected string"]
  ])("names what is wrong about %j before it asks who is there", ([address, message]) => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      for (const headers of [{}, from(yield* arrive(desk, "ann")), { origin: "https://evil.example" }]) {
        const answer = yield* at("public", "/link/wallet", { headers, value: { banano_address: address } })
        assert.deepInclude(jsonOf(answer), {
          status: 400,
          code: "invalid_request",
          errors: [{ in: "body", field: "banano_address", message }]
        })
      }
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("refuses what nobody may be paid at", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "ann")
      for (const letter of ["z", "o"]) {
        const answer = yield* link(cookie, addressOf(letter))
        assert.deepInclude(jsonOf(answer), { status: 400, code: "invalid_request" })
        assert.include(answer.text, "banano_address")
      }
      yield* link(cookie, addressOf("a"))
      const bob = yield* arrive(desk, "bob")
      assert.deepInclude(jsonOf(yield* link(bob, addressOf("a"))), { status: 409, code: "wallet_taken" })
      assert.strictEqual((yield* statusOf(bob)).linked, false)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("answers a repeated request as before", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "ann")
      const key = { "idempotency-key": "once" }
      const first = yield* link(cookie, addressOf("a"), key)
      assert.deepStrictEqual((yield* link(cookie, addressOf("a"), key)).text, first.text)
      assert.strictEqual((yield* link(cookie, addressOf("b"), key)).status, 422)
      const bob = yield* arrive(desk, "bob")
      assert.strictEqual((yield* link(bob, addressOf("c"), key)).status, 200)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })
})

describe("RW-4 GET /me/status", () => {
  it.live("tells where a player stands", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "ann")
      yield* link(cookie, addressOf("a"))
      yield* history
      const { cap_status, last_verified_at, ...rest } = yield* statusOf(cookie)
      assert.match(String(last_verified_at), iso)
      assert.deepInclude(rest, {
        discord_username: "ann#0",
        epic_account_id: "epic-ann",
        linked: true,
        wallet_address: addressOf("a"),
        pending_wallet: null,
        last_verified_status: "ok",
        last_verified_source: "sign_in",
        accrued_rewards_ban: "6.3",
        accrued_kills: 3,
        settled_rewards_ban: "6.3",
        earning_refusal: "BaselineUnknown",
        paying_refusal: null,
        dry_run: false
      })
      assert.deepInclude(cap_status as object, { unit: "payouts", at_cap: false, remaining: 1 })
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("does not know who never became a player", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      yield* arrive(desk, "ann")
      const cookie = `session=${[...desk.sessions.keys()][0]}`
      yield* at("public", "/me/erase", { method: "POST", headers: from(cookie) })
      assert.strictEqual((yield* get("/me/status", cookie)).status, 401)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })
})

describe("RW-4 POST /me/reverify", () => {
  it.live("finds out what changed", () => {
    const desk = makeDesk()
    const directory = makeDirectory()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "ann")
      const ask = at("public", "/me/reverify", { method: "POST", headers: from(cookie) })
      assert.deepInclude(jsonOf(yield* ask), { status: "accepted", epic_account_id: "epic-ann", link: "linked" })
      directory.says.set("ann", { _tag: "NotInGuild" })
      assert.deepInclude(jsonOf(yield* ask), { membership: "left" })
      directory.isDown = true
      const answer = yield* ask
      assert.deepInclude(jsonOf(answer), { status: 503, code: "provider_unavailable" })
      assert.isDefined(answer.headers["retry-after"])
    }).pipe(Effect.provide(faucetWorld({ desk, directory })))
  })
})

const ids = (page: Record<string, unknown>, of: "payouts" | "accruals") =>
  (page[of] as ReadonlyArray<{ readonly id: string }>).map(({ id }) => id)

describe("RW-4 GET /me/payouts and /me/accruals", () => {
  it.live("list what is one's own, newest first, with exact amounts", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "ann")
      yield* history
      const payouts = jsonOf(yield* get("/me/payouts", cookie))
      assert.deepStrictEqual(ids(payouts, "payouts"), ["p3", "p2", "p1"])
      assert.deepStrictEqual((payouts.payouts as Array<object>)[1], {
        id: "p2",
        amount_ban: "0.00000001",
        status: "sent",
        address: addressOf("a"),
        tx_hash: "F".repeat(64),
        created_at: "1970-01-01T00:00:02.000Z",
        sent_at: "1970-01-01T00:00:05.000Z",
        dry_run: false
      })
      assert.isNull(payouts.next)
      const accruals = jsonOf(yield* get("/me/accruals", cookie))
      assert.deepStrictEqual(ids(accruals, "accruals"), ["ann:3", "ann:2", "ann:1"])
      assert.deepStrictEqual((accruals.accruals as Array<object>)[1], {
        id: "ann:2",
        kills: 2,
        rate_ban: "2.1",
        amount_ban: "4.2",
        settled: true,
        payout_id: "p1",
        epoch_minute: 2,
        created_at: "1970-01-01T00:01:00.000Z",
        dry_run: false
      })
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live.each(
    [
      ["/me/payouts?limit=2", "/me/payouts?limit=2&cursor=", "payouts"],
      ["/me/payouts?limit=2&sort=amount_ban", "/me/payouts?limit=2&sort=amount_ban&cursor=", "payouts"],
      ["/me/accruals?limit=2", "/me/accruals?limit=2&cursor=", "accruals"]
    ] as const
  )("page through %s", ([first, next, of]) => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "ann")
      yield* history
      const one = jsonOf(yield* get(first, cookie))
      const two = jsonOf(yield* get(next + encodeURIComponent(String(one.next)), cookie))
      assert.strictEqual(ids(one, of).at(-1), one.next)
      assert.isNull(two.next)
      assert.strictEqual(new Set([...ids(one, of), ...ids(two, of)]).size, 3)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live.each(
    [
      ["/me/payouts?status=confirmed", ["p1"]],
      ["/me/payouts?sort=created_at", ["p1", "p2", "p3"]],
      ["/me/payouts?sort=-amount_ban&limit=1", ["p3"]],
      ["/me/accruals?settled=true", ["ann:2", "ann:1"]],
      ["/me/accruals?settled=false", ["ann:3"]]
    ] as const
  )("filter and sort: %s", ([path, expected]) => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "ann")
      yield* history
      const page = jsonOf(yield* get(path, cookie))
      assert.deepStrictEqual(ids(page, path.includes("payouts") ? "payouts" : "accruals"), [...expected])
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live.each<readonly [string, string]>([
    ["/me/payouts?sort=player", "sort"],
    ["/me/payouts?status=paid", "status"],
    ["/me/payouts?limit=0", "limit"],
    ["/me/payouts?limit=101", "limit"],
    ["/me/payouts?limit=1e2", "limit"],
    ["/me/payouts?limit=1&limit=2", "limit"],
    ["/me/payouts?cursor=", "cursor"],
    ["/me/payouts?player=bob", "player"],
    ["/me/accruals?limit=201", "limit"],
    ["/me/accruals?settled=yes", "settled"]
  ])("refuse %s by its name", ([path, field]) => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const answer = jsonOf(yield* get(path, yield* arrive(desk, "ann")))
      assert.deepInclude(answer, { status: 400, code: "invalid_request" })
      assert.deepInclude((answer.errors as Array<object>)[0]!, { in: "query", field })
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })
})

describe("RW-20 a player's own data", () => {
  it.live("is copied into a file", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "ann")
      yield* link(cookie, addressOf("a"))
      yield* history
      const answer = yield* get("/me/export", cookie)
      assert.strictEqual(answer.headers["content-disposition"], "attachment; filename=\"my-data.json\"")
      const copy = jsonOf(answer)
      assert.deepInclude(copy.player as object, { id: "ann", discord_username: "ann#0", region: "DE" })
      const counts = ["wallets", "verifications", "accruals", "payouts"].map((name) =>
        (copy[name] as Array<object>).length
      )
      assert.deepStrictEqual(counts, [1, 1, 3, 3])
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("is forgotten, with every session", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "ann")
      const other = yield* arrive(desk, "ann")
      const answer = yield* at("public", "/me/erase", { method: "POST", headers: from(cookie) })
      assert.deepStrictEqual(jsonOf(answer), { erased: true })
      assert.include(String(answer.headers["set-cookie"]), "Max-Age=0")
      assert.isTrue(desk.erased.has("ann"))
      for (const ended of [cookie, other]) assert.strictEqual((yield* get("/me/status", ended)).status, 401)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("stays while a payout may land", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "ann")
      yield* history
      const answer = yield* at("public", "/me/erase", { method: "POST", headers: from(cookie) })
      assert.deepInclude(jsonOf(answer), { status: 409, code: "payout_under_way" })
      assert.strictEqual((yield* get("/me/status", cookie)).status, 200)
      assert.isFalse(desk.erased.has("ann"))
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })
})

describe("RW-18 GET /config/product", () => {
  it.live("tells the face of the installation to anybody", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(jsonOf(yield* at("public", "/config/product")), {
        app_name: "Pay <2> Slay",
        org_name: "Example",
        banner_url: null,
        media_kit_url: "/press",
        default_locale: "en",
        discord_invite_url: "https://discord.test/invite",
        feature_flags: { leaderboard: true, dry_run_banner: false }
      })
    }).pipe(Effect.provide(faucetWorld())))
})
