import { assert, describe, it } from "@effect/vitest"
import { AuditLog } from "@purser/domain/audit"
import { Players } from "@purser/domain/faucet"
import { PayoutStore } from "@purser/domain/payouts"
import { payoutOf } from "@purser/domain/payouts/testing"
import { playerOf } from "@purser/domain/rewards/testing"
import { RiskStore, SignalRules } from "@purser/domain/risk"
import * as Effect from "effect/Effect"
import { jsonOf } from "../ask.ts"
import { withKey } from "../world.ts"
import { cookieOf, type Desk, makeDesk } from "./desk.ts"
import { arrive, at, faucetWorld, fromDesk, makeDirectory } from "./faucetWorld.ts"

const now = Effect.clockWith((clock) => clock.currentTimeMillis)

/** An admin whose second factor is fresh. */
const admin = (desk: Desk) =>
  Effect.map(now, (secondFactorAtMillis) => fromDesk(cookieOf(desk, "root", { secondFactorAtMillis })))

const rootName = `discord:${playerOf("root").discordId}`

const get = (path: string, headers: Readonly<Record<string, string>>) =>
  Effect.map(at("internal", path, { headers }), jsonOf)

const configNow = {
  ban_per_kill: "2.1",
  caps: { unit: "payouts", per_day: 1, per_week: 3 },
  batch_size: 0,
  floor_ban: "50",
  hourly_ceiling_ban: "1000",
  daily_ceiling_ban: "10000",
  kill_switch: false
}

/** A signal against a player. */
const raised = Effect.gen(function*() {
  const signal = SignalRules.raise({ playerId: playerOf("ann").id, testPlayers: new Set() }, {
    kind: "KillsPerMatch",
    about: "",
    window: null,
    value: 60,
    threshold: 15,
    evidence: ["60 kills in 1 match"]
  })!
  yield* RiskStore.use((risk) => risk.raise([signal], 1_000))
  return signal
})

const ids = (page: Record<string, unknown>) => (page.payouts as Array<{ readonly id: string }>).map(({ id }) => id)

describe("RW-4 RW-10 payouts, for admins", () => {
  it.live("are listed, filtered and paged", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      yield* PayoutStore.use((payouts) =>
        payouts.add([
          payoutOf("p1", { player: "ann", queuedAtMillis: 1_000, status: "failed", failureReason: "invalid" }),
          payoutOf("p2", { player: "bob", queuedAtMillis: 2_000 }),
          payoutOf("p3", { player: "ann", queuedAtMillis: 3_000, dryRun: true, status: "simulated" })
        ])
      )
      const headers = yield* admin(desk)
      assert.deepStrictEqual(ids(yield* get("/admin/payouts", headers)), ["p3", "p2", "p1"])
      assert.deepStrictEqual(ids(yield* get("/admin/payouts?player=ann&dry_run=false", headers)), ["p1"])
      const page = yield* get("/admin/payouts?limit=2&sort=created_at", headers)
      assert.deepStrictEqual([ids(page), page.next], [["p1", "p2"], "p2"])
      assert.deepInclude((page.payouts as Array<object>)[0], { player: "ann", error_detail: "invalid", attempts: 0 })
      const bad = yield* get("/admin/payouts?sort=player&limit=201", headers)
      assert.deepStrictEqual((bad.errors as Array<{ readonly field: string }>).map(({ field }) => field), [
        "sort",
        "limit"
      ])
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("are queued again only where nothing can be paid twice", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      yield* PayoutStore.use((payouts) =>
        payouts.add([payoutOf("paid", { status: "confirmed" }), payoutOf("sent", { status: "sent" })])
      )
      const headers = yield* admin(desk)
      const retry = (payout_id: string) => at("internal", "/admin/payouts/retry", { headers, value: { payout_id } })
      assert.deepInclude(jsonOf(yield* retry("none")), { status: 404, code: "payout_not_found" })
      for (const [id, why] of [["paid", "AlreadyConfirmed"], ["sent", "BlockMayLand"]] as const) {
        const answer = jsonOf(yield* retry(id))
        assert.deepInclude(answer, { status: 409, code: "payout_refused" })
        assert.deepStrictEqual(answer.errors, [{ in: "body", field: "payout_id", message: why }])
      }
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })
})

const change = (headers: Readonly<Record<string, string>>, version: number, config: object) =>
  at("internal", "/admin/payout/config", { headers, value: { version, config } })

const halt = (headers: Readonly<Record<string, string>>, on: boolean) =>
  at("internal", "/admin/payout/halt", { headers, value: { on } })

describe("RW-4 RW-9 RW-17 settings of payouts", () => {
  it.live("are read, changed at their version, and on record", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const headers = yield* admin(desk)
      assert.deepStrictEqual(yield* get("/admin/payout/config", headers), { version: 0, config: configNow })
      const changed = yield* change({ ...headers, "x-correlation-id": "change-of-a-test" }, 0, {
        ...configNow,
        ban_per_kill: "0.00000001"
      })
      assert.deepInclude(jsonOf(changed), { version: 1 })
      assert.strictEqual((jsonOf(changed).config as typeof configNow).ban_per_kill, "0.00000001")
      const late = jsonOf(yield* change(headers, 0, configNow))
      assert.deepInclude(late, { status: 409, code: "config_changed" })
      assert.deepStrictEqual(late.errors, [{ in: "body", field: "version", message: "it is at 1 by now" }])
      const [entry, ...others] = yield* AuditLog.use((audit) => audit.list({ limit: 10 }))
      assert.deepInclude(entry!.entry, {
        action: "payout_config.change",
        actor: rootName,
        correlationId: "change-of-a-test"
      })
      assert.deepStrictEqual(others, [])
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("are changed once by a repeated request", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const headers = { ...yield* admin(desk), "idempotency-key": "once" }
      const first = yield* change(headers, 0, { ...configNow, batch_size: 5 })
      const second = yield* change(headers, 0, { ...configNow, batch_size: 5 })
      assert.deepStrictEqual([first.status, second.text], [200, first.text])
      assert.strictEqual((yield* AuditLog.use((audit) => audit.list({ limit: 10 }))).length, 1)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live.each<readonly [object, string]>([
    [{ ban_per_kill: 2.1 }, "config.ban_per_kill"],
    [{ ban_per_kill: "-1" }, "config.ban_per_kill"],
    [{ ban_per_kill: "1000000001" }, "config.ban_per_kill"],
    [{ caps: { unit: "payouts", per_day: -1, per_week: 3 } }, "config.caps.per_day"],
    [{ batch_size: 1.5 }, "config.batch_size"],
    [{ kill_switch: "on" }, "config.kill_switch"],
    [{ rate: "1" }, "config.rate"]
  ])("refuse %j by the field", ([wrong, field]) => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const answer = jsonOf(yield* change(yield* admin(desk), 0, { ...configNow, ...wrong }))
      assert.deepInclude(answer, { status: 400, code: "invalid_request" })
      assert.deepInclude((answer.errors as Array<object>)[0]!, { in: "body", field })
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("let any admin stop payouts, and only one who proves it resume", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const hasty = fromDesk(cookieOf(desk, "root"))
      assert.deepInclude(jsonOf(yield* halt(hasty, true)).config as object, { kill_switch: true })
      assert.deepInclude(jsonOf(yield* halt(hasty, false)), { status: 403, code: "second_factor_required" })
      assert.deepInclude((yield* get("/admin/payout/config", hasty)).config as object, { kill_switch: true })
      assert.deepInclude(jsonOf(yield* halt(yield* admin(desk), false)).config as object, { kill_switch: false })
      assert.strictEqual((yield* halt(withKey, true)).status, 200)
      assert.strictEqual((yield* halt(withKey, false)).status, 200)
      const actions = (yield* AuditLog.use((audit) => audit.list({ limit: 10 }))).map(({ entry }) => entry.action)
      assert.deepStrictEqual(actions, ["payouts.resume", "payouts.halt", "payouts.resume", "payouts.halt"])
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })
})

describe("RW-4 RW-15 RW-17 players, for admins", () => {
  it.live("are verified by their Discord id", () => {
    const desk = makeDesk()
    const directory = makeDirectory()
    return Effect.gen(function*() {
      yield* arrive(desk, "ann")
      const headers = yield* admin(desk)
      const { discordId } = playerOf("ann")
      const reverify = (discord_id: unknown) => at("internal", "/admin/reverify", { headers, value: { discord_id } })
      assert.deepStrictEqual(jsonOf(yield* reverify(discordId)), {
        status: "accepted",
        discord_id: discordId,
        epic_account_id: "epic-ann",
        membership: "member",
        link: "linked"
      })
      assert.deepInclude(jsonOf(yield* reverify("80351110224678912")), { status: 404, code: "player_not_found" })
      assert.deepInclude(jsonOf(yield* reverify("7")), { status: 400, code: "invalid_request" })
      directory.isDown = true
      assert.deepInclude(jsonOf(yield* reverify(discordId)), { status: 503, code: "provider_unavailable" })
    }).pipe(Effect.provide(faucetWorld({ desk, directory })))
  })

  it.live("are reviewed, signal by signal", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      yield* arrive(desk, "ann")
      const { dedupeKey } = yield* raised
      const headers = yield* admin(desk)
      const [open] = (yield* get("/admin/reviews?open=true", headers)).reviews as Array<Record<string, unknown>>
      assert.deepInclude(open, {
        dedupe_key: dedupeKey,
        kind: "KillsPerMatch",
        severity: "med",
        evidence: ["60 kills in 1 match"],
        raised_at: "1970-01-01T00:00:01.000Z",
        player_id: "ann",
        review: null
      })
      assert.include(String(open!.explanation), "60 kills a match, where 15 are plausible")
      const decide = (value: object) =>
        at("internal", "/admin/reviews/decide", {
          headers,
          value: { dedupe_key: dedupeKey, verdict: "confirmed", note: "seen", ...value }
        })
      assert.deepInclude(jsonOf(yield* decide({ note: "  " })), { status: 400 })
      assert.deepInclude(jsonOf(yield* decide({ verdict: "maybe" })), { status: 400 })
      assert.deepInclude(jsonOf(yield* decide({ dedupe_key: "0".repeat(64) })), { code: "review_not_found" })
      assert.deepStrictEqual(jsonOf(yield* decide({})), { player_id: "ann", outcome: "confirmed" })
      assert.deepStrictEqual((yield* get("/admin/reviews?open=true", headers)).reviews, [])
      const [done] = (yield* get("/admin/reviews?open=false&player=ann", headers)).reviews as Array<
        { readonly review: object }
      >
      assert.deepInclude(done!.review, { verdict: "confirmed", note: "seen", actor: rootName })
      const status = yield* Players.use((players) => players.status(playerOf("ann").id))
      assert.strictEqual(status.paying, "AbuseConfirmed")
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })
})

describe("RW-4 RW-17 the program, for admins", () => {
  it.live("shows its figures", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      yield* arrive(desk, "ann")
      yield* PayoutStore.use((payouts) =>
        payouts.add([
          payoutOf("p1", { status: "confirmed" }),
          payoutOf("p2", {}),
          payoutOf("p3", { dryRun: true, status: "simulated" })
        ])
      )
      assert.deepInclude(yield* get("/admin/stats", yield* admin(desk)), {
        users_total: 1,
        verifications_ok: 1,
        payouts_sent_ban: "2.1",
        payouts_pending_ban: "2.1",
        payouts_failed_ban: "0",
        operator_balance_ban: "0",
        ban_per_kill: "2.1",
        daily_cap: 1,
        weekly_cap: 3,
        halted: false,
        dry_run: false
      })
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("shows its health", () =>
    Effect.gen(function*() {
      const health = yield* get("/admin/health/extended", withKey)
      assert.deepInclude(health, { status: "ok", dry_run: false, sandbox: [] })
      assert.deepStrictEqual(health.checks, [{ name: "database", state: "ok", detail: "3 ms" }])
      assert.isAtLeast(Number(health.uptime_seconds), 0)
    }).pipe(Effect.provide(faucetWorld())))

  it.live("shows its jobs, and runs one when asked", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const headers = fromDesk(cookieOf(desk, "root"))
      const trigger = (job: string) => at("internal", "/admin/scheduler/trigger", { headers, value: { job } })
      assert.deepStrictEqual(jsonOf(yield* trigger("settlement")), { job: "settlement", status: "asked" })
      assert.deepInclude(jsonOf(yield* trigger("everything")), { status: 400, code: "invalid_request" })
      const { jobs } = yield* get("/admin/scheduler/status", headers)
      const asked = (jobs as Array<{ readonly job: string; readonly asked_at: string | null }>)
        .filter(({ asked_at }) => asked_at !== null)
      assert.deepStrictEqual(asked.map(({ job }) => job), ["settlement"])
      assert.strictEqual((jobs as Array<object>).length, 6)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("shows who did what, filtered and paged", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const headers = yield* admin(desk)
      yield* at("internal", "/admin/payout/halt", { headers, value: { on: true } })
      yield* at("internal", "/admin/scheduler/trigger", { headers, value: { job: "prune" } })
      yield* at("internal", "/admin/scheduler/trigger", { headers: withKey, value: { job: "payout" } })
      const entries = (path: string) =>
        Effect.map(get(path, headers), ({ entries, next }) => ({
          next,
          actions: (entries as Array<{ readonly action: string; readonly subject: string }>)
            .map(({ action, subject }) => `${action} ${subject}`)
        }))
      const first = yield* entries("/admin/audit?limit=2")
      assert.deepStrictEqual(first.actions, ["job.trigger payout", "job.trigger prune"])
      const rest = yield* entries(`/admin/audit?limit=2&cursor=${String(first.next)}`)
      assert.deepStrictEqual([rest.actions.length, rest.next], [1, null])
      const mine = yield* entries(`/admin/audit?actor=${encodeURIComponent(rootName)}&action=job.trigger`)
      assert.deepStrictEqual(mine.actions, ["job.trigger prune"])
      assert.deepStrictEqual((yield* entries("/admin/audit?target=payout")).actions, ["job.trigger payout"])
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })
})
