import { assert, describe, it } from "@effect/vitest"
import { AuditLog } from "@purser/domain/audit"
import { FaucetAdmin } from "@purser/domain/faucet"
import { PayoutStore } from "@purser/domain/payouts"
import { payoutOf } from "@purser/domain/payouts/testing"
import { playerOf } from "@purser/domain/rewards/testing"
import { RiskStore, SignalRules } from "@purser/domain/risk"
import { paths } from "@purser/web"
import * as Effect from "effect/Effect"
import type { Answer } from "../ask.ts"
import { fillIn, send, tokenIn, visit } from "./browser.ts"
import { cookieOf, type Desk, makeDesk, rightCode } from "./desk.ts"
import { arrive, faucetWorld } from "./faucetWorld.ts"

const textOf = ({ text }: Answer): string => text.replaceAll(/<[^>]+>/gu, " ").replaceAll(/\s+/gu, " ")

/** The cookie of an admin whose second factor is fresh. */
const fresh = (desk: Desk) =>
  Effect.clockWith((clock) =>
    Effect.map(clock.currentTimeMillis, (secondFactorAtMillis) => cookieOf(desk, "root", { secondFactorAtMillis }))
  )

const isHalted = FaucetAdmin.use((admin) => Effect.map(admin.config, ({ config }) => config.killSwitch))

const actions = AuditLog.use((audit) =>
  Effect.map(audit.list({ limit: 20 }), (found) => found.map(({ entry }) => `${entry.actor} ${entry.action}`))
)

const rootName = `discord:${playerOf("root").discordId}`

const settings = {
  ratePerKill: "2.5",
  capUnit: "kills",
  capPerDay: "10",
  capPerWeek: "30",
  settlementMinutes: "20",
  batchSize: "0",
  minOperatorBalance: "50",
  hourlyCeiling: "1000",
  dailyCeiling: "10000"
}

const turn = (cookie: string, payouts: string) =>
  fillIn("internal", paths.admin, { cookie, to: paths.killSwitch, fields: { payouts } })

describe("RW-4 RW-17 the program on pages", () => {
  it.live("runs a job that somebody asks for", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = cookieOf(desk, "root")
      const answer = yield* fillIn("internal", paths.admin, { cookie, to: paths.runJob, fields: { job: "prune" } })
      assert.strictEqual(answer.headers.location, `${paths.admin}?notice=JobStarted`)
      assert.deepStrictEqual(yield* actions, [`${rootName} job.trigger`])
      const wrong = yield* fillIn("internal", paths.admin, { cookie, to: paths.runJob, fields: { job: "rm" } })
      assert.strictEqual(wrong.status, 400)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("stops payouts for any admin, and resumes them for one who proves it", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const hasty = cookieOf(desk, "root")
      assert.strictEqual((yield* turn(hasty, "stop")).headers.location, `${paths.admin}?notice=PayoutsStopped`)
      assert.isTrue(yield* isHalted)
      assert.include(textOf(yield* visit("internal", paths.admin, { cookie: hasty })), rootName)
      const refused = yield* turn(hasty, "resume")
      assert.strictEqual(refused.status, 403)
      assert.include(textOf(refused), "second factor")
      assert.isTrue(yield* isHalted)
      const location = (yield* turn(yield* fresh(desk), "resume")).headers.location
      assert.strictEqual(location, `${paths.admin}?notice=PayoutsResumed`)
      assert.isFalse(yield* isHalted)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("lists payouts, and queues a failed one again only where it may", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      yield* arrive(desk, "ann")
      yield* PayoutStore.use((payouts) =>
        payouts.add([
          payoutOf("p1", { player: "ann", status: "failed", failureReason: "<b>invalid</b>" }),
          payoutOf("p2", { player: "bob", status: "confirmed" })
        ])
      )
      const cookie = yield* fresh(desk)
      const page = yield* visit("internal", `${paths.adminPayouts}?status=failed&player=`, { cookie })
      assert.include(textOf(page), "ann#0")
      assert.notInclude(page.text, "<b>invalid")
      assert.notInclude(textOf(page), "bob")
      const retry = { to: paths.retryPayout, fields: { payout_id: "p2" } }
      assert.strictEqual((yield* fillIn("internal", paths.adminPayouts, { cookie, ...retry })).status, 409)
      const hasty = { cookie: cookieOf(desk, "root"), ...retry }
      assert.strictEqual((yield* fillIn("internal", paths.adminPayouts, hasty)).status, 403)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("shows the audit log by who, what and on what", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = cookieOf(desk, "root")
      for (const job of ["prune", "payout"]) {
        yield* fillIn("internal", paths.admin, { cookie, to: paths.runJob, fields: { job } })
      }
      const all = yield* visit("internal", `${paths.audit}?actor=&action=&subject=`, { cookie })
      assert.strictEqual(all.text.match(/job\.trigger/gu)?.length, 2)
      const one = yield* visit("internal", `${paths.audit}?actor=${rootName}&subject=prune`, { cookie })
      assert.strictEqual(one.text.match(/job\.trigger/gu)?.length, 1)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })
})

describe("RW-4 RW-15 reviews on pages", () => {
  const raised = Effect.gen(function*() {
    const signal = SignalRules.raise({ playerId: playerOf("ann").id, testPlayers: new Set() }, {
      kind: "KillsPerMatch",
      about: "",
      window: null,
      value: 60,
      threshold: 15,
      evidence: ["<i>60 kills</i>"]
    })!
    yield* RiskStore.use((risk) => risk.raise([signal], 1_000))
    return signal.dedupeKey
  })

  it.live("are decided with a reason", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      yield* arrive(desk, "ann")
      const dedupe_key = yield* raised
      const cookie = yield* fresh(desk)
      const page = yield* visit("internal", paths.reviews, { cookie })
      assert.include(textOf(page), "60 kills a match, where 15 are plausible")
      assert.notInclude(page.text, "<i>60")
      const decide = (fields: Readonly<Record<string, string>>) =>
        fillIn("internal", paths.reviews, { cookie, fields: { dedupe_key, ...fields } })
      for (
        const [fields, words] of [
          [{ note: "seen" }, "Choose a decision."],
          [{ verdict: "cleared", note: " " }, "Say why"],
          [{ verdict: "cleared", note: "x".repeat(1_001) }, "at most 1000 characters"]
        ] as ReadonlyArray<readonly [Readonly<Record<string, string>>, string]>
      ) {
        const answer = yield* decide(fields)
        assert.strictEqual(answer.status, 400)
        assert.include(textOf(answer), words)
      }
      const answer = yield* decide({ verdict: "cleared", note: "a tournament" })
      assert.strictEqual(answer.headers.location, `${paths.reviews}?notice=DecisionKept`)
      const decided = textOf(yield* visit("internal", `${paths.reviews}?show=decided`, { cookie }))
      assert.include(decided, "a tournament")
      assert.deepStrictEqual(yield* actions, [`${rootName} risk.review`])
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })
})

const change = (cookie: string, fields: Readonly<Record<string, string>>) =>
  fillIn("internal", paths.payoutConfig, { cookie, fields: { version: "0", ...settings, ...fields } })

describe("RW-4 RW-9 settings of payouts on a page", () => {
  it.live("are changed once, and a second change sees the first", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* fresh(desk)
      const saved = yield* change(cookie, {})
      assert.strictEqual(saved.headers.location, `${paths.payoutConfig}?notice=ConfigSaved`)
      const { config, version } = yield* FaucetAdmin.use((admin) => admin.config)
      assert.deepStrictEqual([version, config.rateMinor, config.caps.perDay], [1, 250_000_000n, 10])
      const late = yield* change(cookie, { ratePerKill: "9" })
      assert.strictEqual(late.status, 409)
      assert.include(textOf(late), "Somebody changed the settings meanwhile")
      assert.include(late.text, "value=\"9\"")
      assert.strictEqual((yield* FaucetAdmin.use((admin) => admin.config)).version, 1)
      assert.strictEqual((yield* change(cookie, { version: "1", ratePerKill: "9" })).status, 303)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("leave the kill switch as it is", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* fresh(desk)
      yield* fillIn("internal", paths.admin, { cookie, to: paths.killSwitch, fields: { payouts: "stop" } })
      assert.strictEqual((yield* change(cookie, { version: "1" })).status, 303)
      assert.isTrue(yield* isHalted)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live.each<readonly [Readonly<Record<string, string>>, string]>([
    [{ ratePerKill: "" }, "Enter a number."],
    [{ ratePerKill: "2,5" }, "Enter a number like 2.1"],
    [{ ratePerKill: "1e3" }, "Enter a number like 2.1"],
    [{ ratePerKill: "-1" }, "below what is possible"],
    [{ ratePerKill: "0.000000001" }, "At most 8 digits"],
    [{ dailyCeiling: "1000000001" }, "above what is possible"],
    [{ batchSize: "1.5" }, "Enter a whole number."],
    [{ capPerDay: "1000001" }, "above what is possible"],
    [{ settlementMinutes: "10" }, "below what is possible"],
    [{ settlementMinutes: "30" }, "above what is possible"],
    [{ capPerWeek: "9" }, "A week must allow at least what a day does."]
  ])("refuse %j in words", ([fields, words]) => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const answer = yield* change(yield* fresh(desk), fields)
      assert.strictEqual(answer.status, 400)
      assert.include(textOf(answer), words)
      assert.strictEqual((yield* FaucetAdmin.use((admin) => admin.config)).version, 0)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })
})

describe("RW-1 second factors on pages", () => {
  it.live("are set up with the first code", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = cookieOf(desk, "root")
      const page = yield* visit("internal", paths.enrol, { cookie })
      assert.include(page.text, "otpauth://totp/x?secret=JBSWY3DP")
      for (const [code, words] of [["", "Enter the six digits"], ["000000", "This code does not fit."]] as const) {
        const answer = yield* fillIn("internal", paths.enrol, { cookie, fields: { code } })
        assert.strictEqual(answer.status, 400)
        assert.include(textOf(answer), words)
      }
      const answer = yield* fillIn("internal", paths.enrol, { cookie, fields: { code: rightCode } })
      assert.strictEqual(answer.headers.location, `${paths.admin}?notice=SecondFactorOn`)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("ask for a code of the one before", () => {
    const desk = makeDesk()
    desk.enrolled.add("root")
    return Effect.gen(function*() {
      const answer = yield* visit("internal", paths.enrol, { cookie: cookieOf(desk, "root") })
      assert.strictEqual(answer.status, 303)
      assert.strictEqual(answer.headers.location, `${paths.stepUp}?next=${encodeURIComponent(paths.enrol)}`)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live.each<readonly [string, string]>([
    [paths.payoutConfig, paths.payoutConfig],
    ["//evil.example", paths.admin],
    ["https://evil.example", paths.admin],
    ["/\\evil.example", paths.admin]
  ])("go on to %s by %s", ([next, location]) => {
    const desk = makeDesk()
    desk.enrolled.add("root")
    return Effect.gen(function*() {
      const cookie = cookieOf(desk, "root")
      const csrf = tokenIn(yield* visit("internal", paths.stepUp, { cookie }))
      const fields = { code: rightCode, next, csrf }
      const answer = yield* send("internal", paths.stepUp, { fields, headers: { cookie } })
      assert.deepStrictEqual([answer.status, answer.headers.location], [303, location])
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live.each<readonly [string, string]>([
    ["12", "Enter the six digits"],
    ["000000", "This code does not fit."],
    ["111111", "This code was used before."],
    ["999999", "There were too many attempts."]
  ])("say what is wrong about the code %s", ([code, words]) => {
    const desk = makeDesk()
    desk.enrolled.add("root")
    return Effect.gen(function*() {
      const cookie = cookieOf(desk, "root")
      const answer = yield* fillIn("internal", paths.stepUp, {
        cookie,
        fields: { code, next: "/app/admin/audit" }
      })
      assert.strictEqual(answer.status, 400)
      assert.include(textOf(answer), words)
      assert.include(answer.text, "value=\"/app/admin/audit\"")
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })
})
