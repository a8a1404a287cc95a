import { assert, describe, it } from "@effect/vitest"
import { declaredRoutes, InternalApi, problemCodes, PublicApi } from "@purser/contract"
import { FaucetInternalApi, FaucetPublicApi } from "@purser/contract/faucet"
import { HttpServers } from "@purser/http"
import * as Effect from "effect/Effect"
import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { ask, jsonOf } from "./ask.ts"
import { faucetWorld } from "./faucet/faucetWorld.ts"
import { world } from "./world.ts"

const doors = [
  ["public", declaredRoutes(PublicApi), "openapi.json"],
  ["internal", declaredRoutes(InternalApi), "openapi-internal.json"]
] as const

const committed = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../docs/reference/${name}`, import.meta.url), "utf8"))

describe("PF-2 documents", () => {
  it.live.each(doors)("serves the committed document at the %s door", ([door, , name]) =>
    Effect.gen(function*() {
      const servers = yield* HttpServers
      const answer = yield* ask(servers[door], { path: "/openapi.json" })
      assert.deepStrictEqual(jsonOf(answer), committed(name))
    }).pipe(Effect.provide(world())))

  it.live.each(doors)("explains every route and every code at the %s door", ([door, routes]) =>
    Effect.gen(function*() {
      const servers = yield* HttpServers
      const { headers, text } = yield* ask(servers[door], { path: "/docs" })
      assert.strictEqual(headers["content-type"], "text/html; charset=utf-8")
      for (const { endpoint } of routes) assert.include(text, `</span> ${endpoint.path}</h3>`)
      for (const code of problemCodes) assert.include(text, `<tr id="${code}">`)
    }).pipe(Effect.provide(world())))

  it.live("allows its own style and nothing else", () =>
    Effect.gen(function*() {
      const { public: listener } = yield* HttpServers
      const { headers, text } = yield* ask(listener, { path: "/docs" })
      const style = /<style>([\s\S]*)<\/style>/u.exec(text)?.[1] ?? ""
      const hash = createHash("sha256").update(style).digest("base64")
      assert.include(headers["content-security-policy"] ?? "", `style-src 'sha256-${hash}'`)
      assert.notMatch(text, /<script|<link|<img|\son\w+=|https?:/iu)
      const plain = yield* ask(listener, { path: "/livez" })
      assert.notInclude(plain.headers["content-security-policy"] ?? "", "style-src")
    }).pipe(Effect.provide(world())))
})

const faucetDoors = [
  ["public", declaredRoutes(FaucetPublicApi), "openapi-faucet.json"],
  ["internal", declaredRoutes(FaucetInternalApi), "openapi-faucet-internal.json"]
] as const

describe("PF-2 RW-4 documents with the faucet", () => {
  it.live.each(faucetDoors)(
    "serves the committed document at the %s door",
    ([door, routes, name]) =>
      Effect.gen(function*() {
        const servers = yield* HttpServers
        const answer = yield* ask(servers[door], { path: "/openapi.json" })
        assert.deepStrictEqual(jsonOf(answer), committed(name))
        const { text } = yield* ask(servers[door], { path: "/docs" })
        for (const { endpoint } of routes) assert.include(text, `</span> ${endpoint.path}</h3>`)
      }).pipe(Effect.provide(faucetWorld()))
  )
})
