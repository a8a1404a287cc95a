import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as References from "effect/References"
import * as Tracer from "effect/Tracer"
import { fillIn, send, tokenIn, visit } from "./browser.ts"
import { cookieOf, makeDesk } from "./desk.ts"
import { addressOf, arrive, at, faucetWorld, from, makeDirectory } from "./faucetWorld.ts"

/** Everything that an operator gets to read. */
const listening = () => {
  const heard: Array<string> = []
  const told = (...parts: ReadonlyArray<unknown>): void => {
    heard.push(
      parts.map((part) => JSON.stringify(part, (_, value: unknown) => typeof value === "bigint" ? `${value}` : value))
        .join(" ")
    )
  }
  const spans: Array<Tracer.NativeSpan> = []
  const tracer = Tracer.make({
    span: (options) => {
      const span = new Tracer.NativeSpan(options)
      spans.push(span)
      return span
    }
  })
  const logs = Layer.mergeAll(
    Logger.layer([Logger.map(Logger.formatStructured, (entry) => told(entry))]),
    Layer.succeed(References.MinimumLogLevel, "All"),
    Layer.succeed(Tracer.Tracer, tracer)
  )
  const all = (): string => {
    for (const { attributes, events, name } of spans) told(name, [...attributes], events)
    return heard.join("\n")
  }
  return { logs, all }
}

describe("RW-1 RW-19 what is told of requests", () => {
  it.live("holds no cookie, state, code, token, key or address", () => {
    const desk = makeDesk()
    const directory = makeDirectory()
    const { all, logs } = listening()
    desk.enrolled.add("root")
    return Effect.gen(function*() {
      const begun = yield* visit("public", "/auth/discord/login?return_to=/app/wallet")
      const stateCookie = String(begun.headers["set-cookie"]).split(";")[0] ?? ""
      const state = stateCookie.slice("state=".length)
      yield* visit("public", `/auth/discord/callback?code=ann&state=${state}`, { cookie: stateCookie })
      yield* visit("public", `/auth/discord/callback?code=secret-code&state=${state}`, { cookie: stateCookie })
      const cookie = yield* arrive(desk, "root")
      const csrf = tokenIn(yield* visit("public", "/app/account", { cookie }))
      yield* fillIn("public", "/app/wallet", { cookie, fields: { banano_address: addressOf("a") } })
      yield* send("public", "/app/wallet", { fields: { csrf: "0".repeat(64) }, headers: { cookie } })
      yield* at("public", "/auth/second-factor/step-up", { headers: from(cookie), value: { code: "424242" } })
      yield* at("internal", "/admin/stats", { headers: { authorization: "Bearer a-wrong-key-of-somebody" } })
      directory.isDown = true
      yield* at("public", "/me/reverify", { method: "POST", headers: from(cookie) })
      desk.isDown = true
      yield* visit("public", "/help", { cookie: cookieOf(desk, "bob") })
      yield* at("public", "/me/status", { headers: { cookie } })
      const told = all()
      assert.include(told, "GET /auth/discord/callback")
      assert.include(told, "Storage could not answer")
      const secrets = [...desk.sessions.keys(), state, "secret-code", csrf, "424242", "a-wrong-key", addressOf("a")]
      for (const secret of secrets) assert.notInclude(told, secret)
    }).pipe(Effect.provide(faucetWorld({ desk, directory, logs })))
  })
})
