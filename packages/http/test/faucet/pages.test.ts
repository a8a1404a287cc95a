import { assert, describe, it } from "@effect/vitest"
import { PayoutStore } from "@purser/domain/payouts"
import { payoutOf } from "@purser/domain/payouts/testing"
import { EarningStore } from "@purser/domain/rewards"
import { accrualOf, playerOf } from "@purser/domain/rewards/testing"
import { contentSecurityPolicy, helpTopics, paths } from "@purser/web"
import * as Effect from "effect/Effect"
import { type Answer, jsonOf } from "../ask.ts"
import { withKey, world } from "../world.ts"
import { fillIn, send, tokenIn, visit } from "./browser.ts"
import { cookieOf, makeDesk } from "./desk.ts"
import { addressOf, arrive, at, faucetWorld, makeDirectory } from "./faucetWorld.ts"

const open = [paths.home, paths.help, ...helpTopics.map((topic) => `/help/${topic}`)]
const own = [paths.dashboard, paths.wallet, paths.payouts, paths.earnings, paths.account]
const forms = [
  paths.signOut,
  paths.reverify,
  paths.wallet,
  paths.exportData,
  paths.endSessions,
  paths.deleteAccount
]

const assertPage = ({ headers, status, text }: Answer, about: string): void => {
  assert.strictEqual(status, 200, `${about} ${text}`)
  assert.strictEqual(headers["content-type"], "text/html; charset=utf-8", about)
  assert.strictEqual(headers["content-security-policy"], contentSecurityPolicy, about)
  assert.strictEqual(headers["cache-control"], "no-store", about)
  assert.strictEqual(headers["referrer-policy"], "same-origin", about)
  assert.strictEqual(headers["x-content-type-options"], "nosniff", about)
  assert.match(text, /^<!doctype html><html lang="en">.*<h1/su, about)
  assert.notMatch(text, /<script|\son\w+=|style="/iu, about)
}

const textOf = ({ text }: Answer): string => text.replaceAll(/<[^>]+>/gu, " ").replaceAll(/\s+/gu, " ")

describe("RW-4 pages for everybody", () => {
  it.live("are shown at both doors, to who is signed in by name", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "ann")
      for (const path of open) {
        for (const door of ["public", "internal"] as const) {
          const answer = yield* visit(door, path)
          assertPage(answer, path)
          assert.strictEqual(tokenIn(answer), "")
        }
        const greeted = yield* visit("public", path, { cookie })
        assertPage(greeted, path)
        assert.include(greeted.text, "ann#0")
        assert.notStrictEqual(tokenIn(greeted), "")
      }
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("escape what the operator is called", () =>
    Effect.gen(function*() {
      const { text } = yield* visit("public", "/")
      assert.include(text, "Pay &lt;2> Slay")
      assert.include(textOf(yield* visit("public", "/")), "2.1")
    }).pipe(Effect.provide(faucetWorld())))

  it.live("are there while nobody can be recognised", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "ann")
      desk.isDown = true
      assertPage(yield* visit("public", paths.help, { cookie }), "help")
      const answer = yield* visit("public", paths.dashboard, { cookie })
      assert.strictEqual(answer.status, 503)
      assert.include(answer.headers["content-type"] ?? "", "text/html")
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("come with files that browsers may keep for ever", () =>
    Effect.gen(function*() {
      const { text } = yield* visit("public", "/")
      const found = [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/gu)].map(([, path]) => path!)
      assert.isAtLeast(new Set(found).size, 2)
      for (const path of found) {
        const { headers, status, text: body } = yield* visit("public", path)
        assert.strictEqual(status, 200, path)
        assert.strictEqual(headers["cache-control"], "public, max-age=31536000, immutable")
        assert.strictEqual(
          headers["content-type"],
          path.endsWith(".css") ? "text/css; charset=utf-8" : "image/svg+xml; charset=utf-8"
        )
        assert.strictEqual(Number(headers["content-length"]), Buffer.byteLength(body))
      }
      for (const path of ["/assets/style.css", "/assets/..%2f..%2fpackage.json", "/assets/"]) {
        const answer = yield* visit("public", path)
        assert.strictEqual(answer.status, 404, path)
        assert.strictEqual(answer.headers["cache-control"], "no-store")
      }
    }).pipe(Effect.provide(faucetWorld())))

  it.live("are in no document, and nowhere without the faucet", () =>
    Effect.gen(function*() {
      for (const path of [...open, ...own, paths.admin]) {
        assert.strictEqual((yield* visit("public", path)).status, 404, path)
      }
    }).pipe(Effect.provide(world())))
})

describe("RW-21 the language of pages", () => {
  it.live.each<readonly [string, string]>([
    ["de-AT, en;q=0.5", "de"],
    ["es", "es"],
    ["fr", "en"],
    ["*;q=;;", "en"]
  ])("for %s is %s", ([header, locale]) =>
    Effect.gen(function*() {
      for (const path of ["/", "/no/such/page"]) {
        const { text } = yield* visit("public", path, { "accept-language": header })
        assert.include(text, `<html lang="${locale}">`)
      }
    }).pipe(Effect.provide(faucetWorld())))
})

describe("RW-4 pages of players", () => {
  it.live("are shown to who is signed in", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "ann")
      for (const path of own) {
        assertPage(yield* visit("public", path, { cookie }), path)
        assertPage(yield* visit("public", `${path}?utm_source=x`, { cookie }), path)
      }
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("send who is not to sign in, and back", () =>
    Effect.gen(function*() {
      for (const path of own) {
        const answer = yield* visit("public", path)
        assert.strictEqual(answer.status, 303)
        const location = new URL(answer.headers.location ?? "")
        assert.strictEqual(`${location.origin}${location.pathname}`, "https://purser.example/auth/discord/login")
        assert.strictEqual(location.searchParams.get("return_to"), path)
      }
      const sent = yield* send("public", paths.wallet, { fields: {}, headers: {} })
      assert.strictEqual(sent.headers.location, "https://purser.example/auth/discord/login")
    }).pipe(Effect.provide(faucetWorld())))

  it.live("tell what is earned, and list it", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "ann")
      const ann = playerOf("ann").id
      yield* EarningStore.use((earnings) =>
        earnings.add(
          Array.from({ length: 30 }, (_, minute) => accrualOf({ playerId: ann, epochMinute: minute })),
          { atMillis: 0, dryRun: false }
        )
      )
      yield* PayoutStore.use((payouts) =>
        payouts.add([
          payoutOf("p1", { player: ann, amountMinor: 1_234_500_000_001n, status: "sent", block: "F0F0" as never }),
          payoutOf("p2", { player: "bob", amountMinor: 777_000_000n })
        ])
      )
      assert.include(textOf(yield* visit("public", paths.dashboard, { cookie })), "63 BAN")
      const list = yield* visit("public", paths.payouts, { cookie })
      assert.include(textOf(list), "12,345.00000001 BAN")
      assert.include(list.text, "https://explorer.test/hash/F0F0")
      assert.notInclude(list.text, "7.77")
      assert.include(textOf(yield* visit("public", `${paths.payouts}?status=confirmed`, { cookie })), "No payouts")
      const first = yield* visit("public", paths.earnings, { cookie })
      const next = /href="(\/app\/earnings\?cursor=[^"]+)"/u.exec(first.text)?.[1]?.replaceAll("&amp;", "&") ?? ""
      const second = yield* visit("public", next, { cookie })
      assert.strictEqual(second.text.match(/<tr role="row">/gu)?.length, 6)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })
})

describe("RW-1 forms that other sites send", () => {
  it.live("do nothing", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "ann")
      const csrf = tokenIn(yield* visit("public", paths.account, { cookie }))
      const bobs = tokenIn(yield* visit("public", paths.account, { cookie: yield* arrive(desk, "bob") }))
      const other = tokenIn(yield* visit("public", paths.account, { cookie: cookieOf(desk, "ann") }))
      const before = desk.sessions.size
      for (const path of forms) {
        const fields = { banano_address: addressOf("a"), confirm: "yes" }
        for (const origin of ["https://evil.example", "null", "https://purser.example.evil.example"]) {
          const answer = yield* send("public", path, { fields: { ...fields, csrf }, headers: { cookie, origin } })
          assert.strictEqual(answer.status, 403, `${path} from ${origin}`)
        }
        const wrong = ["", "0".repeat(64), bobs, other, csrf.toUpperCase(), `${csrf}0`, csrf.slice(0, 63)]
        for (const token of wrong) {
          const answer = yield* send("public", path, { fields: { ...fields, csrf: token }, headers: { cookie } })
          assert.strictEqual(answer.status, 403, `${path} with ${token}`)
        }
        assert.strictEqual((yield* send("public", path, { fields, headers: { cookie } })).status, 403, path)
        const asJson = { cookie, "content-type": "application/json" }
        assert.strictEqual((yield* send("public", path, { fields, headers: asJson })).status, 415, path)
      }
      assert.strictEqual(desk.sessions.size, before)
      assert.isEmpty(desk.erased)
      const status = jsonOf(yield* at("public", "/me/status", { headers: { cookie } }))
      assert.isFalse(status.linked)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("have tokens that nobody else can make", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const tokens = yield* Effect.forEach(
        [1, 2, 3],
        () => Effect.map(visit("public", paths.help, { cookie: cookieOf(desk, "ann") }), tokenIn)
      )
      assert.strictEqual(new Set(tokens).size, 3)
      const cookie = cookieOf(desk, "ann")
      const twice = yield* Effect.forEach([1, 2], () => Effect.map(visit("internal", paths.help, { cookie }), tokenIn))
      assert.strictEqual(twice[0], twice[1])
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })
})

describe("RW-4 forms of players", () => {
  it.live("link a wallet, and tell when a change counts", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "ann")
      const first = yield* fillIn("public", paths.wallet, { cookie, fields: { banano_address: ` ${addressOf("a")} ` } })
      assert.deepStrictEqual([first.status, first.headers.location], [303, `${paths.wallet}?notice=WalletLinked`])
      assert.include(textOf(yield* visit("public", first.headers.location!, { cookie })), addressOf("a"))
      const second = yield* fillIn("public", paths.wallet, { cookie, fields: { banano_address: addressOf("b") } })
      assert.strictEqual(second.headers.location, `${paths.wallet}?notice=WalletChanges`)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live.each<readonly [string, string]>([
    ["", "Enter your Banano address."],
    ["nano_1", "A Banano address starts with ban_."],
    ["ban_1", "A Banano address has 64 characters."],
    [addressOf("x"), "A letter is wrong or two are swapped."],
    [addressOf("z"), "What is sent to this address is destroyed."],
    [addressOf("o"), "This is the address that we pay from."],
    ["<script>alert(1)</script>", "A Banano address starts with ban_."]
  ])("say what is wrong about the address %s", ([entered, words]) => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "ann")
      const answer = yield* fillIn("public", paths.wallet, { cookie, fields: { banano_address: entered } })
      assert.strictEqual(answer.status, 400)
      assert.include(textOf(answer), words)
      assert.notInclude(answer.text, "<script")
      assert.strictEqual(answer.headers["content-security-policy"], contentSecurityPolicy)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("verify again", () => {
    const desk = makeDesk()
    const directory = makeDirectory()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "ann")
      const again = { cookie, to: paths.reverify }
      assert.strictEqual(
        (yield* fillIn("public", paths.dashboard, again)).headers.location,
        `${paths.dashboard}?notice=VerificationAsked`
      )
      directory.isDown = true
      assert.strictEqual((yield* fillIn("public", paths.dashboard, again)).status, 503)
    }).pipe(Effect.provide(faucetWorld({ desk, directory })))
  })

  it.live("hand out a copy, end other sessions, sign out", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "ann")
      const other = yield* arrive(desk, "ann")
      const copy = yield* fillIn("public", paths.account, { cookie, to: paths.exportData })
      assert.strictEqual(copy.headers["content-disposition"], "attachment; filename=\"my-data.json\"")
      assert.deepInclude(jsonOf(copy).player as object, { discord_username: "ann#0" })
      const ended = yield* fillIn("public", paths.account, { cookie, to: paths.endSessions })
      assert.strictEqual(ended.headers.location, `${paths.account}?notice=SessionsEnded`)
      assert.strictEqual((yield* visit("public", paths.account, { cookie: other })).status, 303)
      const out = yield* fillIn("public", paths.account, { cookie, to: paths.signOut })
      assert.strictEqual(out.headers.location, `${paths.home}?notice=SignedOut`)
      assert.include(String(out.headers["set-cookie"]), "Max-Age=0")
      assert.isEmpty(desk.sessions)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("delete an account that was asked for twice", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "ann")
      const hasty = yield* fillIn("public", paths.account, { cookie, to: paths.deleteAccount })
      assert.strictEqual(hasty.status, 400)
      assert.include(textOf(hasty), "Tick the box")
      assert.isEmpty(desk.erased)
      const sure = yield* fillIn("public", paths.account, {
        cookie,
        to: paths.deleteAccount,
        fields: { confirm: "yes" }
      })
      assert.strictEqual(sure.headers.location, `${paths.home}?notice=AccountDeleted`)
      assert.isTrue(desk.erased.has("ann"))
      assert.include(textOf(yield* visit("public", sure.headers.location!)), "Your account")
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })
})

describe("RW-4 refusals for people", () => {
  it.live("are pages for browsers and documents for programs", () =>
    Effect.gen(function*() {
      const page = yield* visit("public", "/no/such/page", { "x-correlation-id": "named-by-caller" })
      assert.strictEqual(page.status, 404)
      assert.strictEqual(page.headers["content-type"], "text/html; charset=utf-8")
      assert.strictEqual(page.headers["content-security-policy"], contentSecurityPolicy)
      assert.strictEqual(page.headers["cache-control"], "no-store")
      assert.include(page.text, "named-by-caller")
      const programs = [
        "*/*",
        "application/json",
        "text/html;q=0.5, application/json",
        "application/*, text/html;q=0.9"
      ]
      for (const accept of programs) {
        const answer = yield* visit("public", "/no/such/page", { accept })
        assert.strictEqual(answer.headers["content-type"], "application/problem+json", accept)
      }
    }).pipe(Effect.provide(faucetWorld())))

  it.live("say what to do about a sign-in that failed", () =>
    Effect.gen(function*() {
      const expired = yield* visit("public", "/auth/discord/callback?code=x&state=y")
      assert.strictEqual(expired.status, 400)
      assert.include(textOf(expired), "This attempt to sign in is no longer valid")
    }).pipe(Effect.provide(faucetWorld())))

  it.live("say how long to wait", () =>
    Effect.gen(function*() {
      yield* visit("public", "/help")
      const answer = yield* visit("public", "/help")
      assert.strictEqual(answer.status, 429)
      assert.strictEqual(answer.headers["retry-after"], "60")
      assert.include(textOf(answer), "Try again in 60 seconds.")
    }).pipe(Effect.provide(faucetWorld({ http: { limits: { player: { requests: 1, windowSeconds: 60 } } } }))))
})

describe("RW-4 pages of admins", () => {
  it.live("are at the internal door only, for admins only", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const root = yield* arrive(desk, "root")
      const ann = yield* arrive(desk, "ann")
      const pages = [paths.admin, paths.adminPayouts, paths.reviews, paths.audit, paths.payoutConfig, paths.enrol]
      for (const path of [...pages, paths.stepUp]) {
        assert.strictEqual((yield* visit("public", path, { cookie: root })).status, 404, path)
        assert.strictEqual((yield* visit("internal", path)).status, 303, path)
        assert.strictEqual((yield* visit("internal", path, { cookie: ann })).status, 403, path)
        assertPage(yield* visit("internal", path, { cookie: root }), path)
      }
      const withoutBrowser = yield* visit("internal", paths.enrol, { ...withKey, accept: "*/*" })
      assert.deepInclude(jsonOf(withoutBrowser), { code: "session_required" })
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })
})
