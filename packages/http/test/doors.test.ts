import { assert, describe, it } from "@effect/vitest"
import { declaredRoutes, InternalApi, PublicApi, routeName } from "@purser/contract"
import { type HttpOptions, HttpServers, Listener, ListenRefused, TrustedProxyMalformed } from "@purser/http"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { createServer, type Server } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { ask, comparable, jsonOf, post } from "./ask.ts"
import { withKey, world } from "./world.ts"

const folder = () => mkdtempSync(join(tmpdir(), "purser-"))
const socketIn = (path: string): Listener.Listener => ({ _tag: "unix", path: join(path, "api.sock") })

const refusalOf = (options: Partial<HttpOptions>) =>
  Effect.map(
    Effect.result(Effect.scoped(Layer.build(world(options)))),
    (result) => Result.isFailure(result) && result.failure instanceof ListenRefused ? result.failure.reason : "none"
  )

/** Leaves a socket file behind on which nobody answers, as a process that was killed does. */
const leaveSocket = (path: string): void => {
  const script = `require("node:net").createServer().listen(${
    JSON.stringify(path)
  }, () => process.kill(process.pid, "SIGKILL"))`
  spawnSync(process.execPath, ["-e", script])
  assert.isTrue(statSync(path).isSocket())
}

const taken = <A, E, R>(listener: Listener.Listener, effect: (port: number) => Effect.Effect<A, E, R>) =>
  Effect.acquireUseRelease(
    Effect.callback<Server>((resume) => {
      const server = createServer()
      const ready = () => resume(Effect.succeed(server))
      if (listener._tag === "unix") server.listen(listener.path, ready)
      else server.listen(listener.port, listener.host, ready)
    }),
    (server) => {
      const address = server.address()
      return effect(typeof address === "object" && address !== null ? address.port : 0)
    },
    (server) => Effect.callback<void>((resume) => void server.close(() => resume(Effect.void)))
  )

describe("TK-3 doors", () => {
  it.live("knows no internal route on the public door, not even by its answer", () =>
    Effect.gen(function*() {
      const servers = yield* HttpServers
      const publicNames = declaredRoutes(PublicApi).map(({ endpoint }) => routeName(endpoint))
      const hidden = declaredRoutes(InternalApi).filter(({ endpoint }) => !publicNames.includes(routeName(endpoint)))
      assert.isAbove(hidden.length, 2)
      const unknown = comparable(yield* ask(servers.public, { path: "/no/such/path" }))
      assert.strictEqual(unknown.status, 404)
      for (const { endpoint: { method, path } } of hidden) {
        const asked = { method, path: path.replace(":token", "0".repeat(64)), headers: withKey }
        assert.deepStrictEqual(comparable(yield* ask(servers.public, asked)), unknown, path)
      }
    }).pipe(Effect.provide(world())))

  it.live.each(
    [
      ["no key", {}],
      ["a wrong key", { authorization: "Bearer internal-key-of-a-tesT" }],
      ["a longer key", { authorization: `${withKey.authorization}x` }],
      ["an empty key", { authorization: "Bearer " }],
      ["another scheme", { authorization: withKey.authorization.replace("Bearer", "Basic") }]
    ] as const
  )("refuses %s", ([, headers]) =>
    Effect.gen(function*() {
      const { internal } = yield* HttpServers
      for (const path of ["/metrics", "/api/v1/audit"]) {
        const answer = yield* ask(internal, { path, headers })
        assert.strictEqual(answer.status, 401)
        assert.strictEqual(answer.headers["www-authenticate"], "Bearer realm=\"purser\"")
        assert.deepInclude(jsonOf(answer), { code: "unauthorized" })
      }
      const revoke = `/api/v1/token/${"0".repeat(64)}/revoke`
      assert.strictEqual((yield* post(internal, revoke, { value: {}, headers })).status, 401)
    }).pipe(Effect.provide(world())))

  it.live("takes the scheme of the key in any case", () =>
    Effect.gen(function*() {
      const { internal } = yield* HttpServers
      const headers = { authorization: withKey.authorization.replace("Bearer", "bearer") }
      assert.strictEqual((yield* ask(internal, { path: "/metrics", headers })).status, 200)
    }).pipe(Effect.provide(world())))

  it.live("opens health to everybody", () =>
    Effect.gen(function*() {
      const { internal } = yield* HttpServers
      for (const path of ["/healthz", "/livez", "/readyz", "/docs", "/openapi.json"]) {
        assert.strictEqual((yield* ask(internal, { path })).status, 200, path)
      }
    }).pipe(Effect.provide(world())))
})

describe("TK-3 listening", () => {
  it.live("tells the ports that it took", () =>
    Effect.gen(function*() {
      const servers = yield* HttpServers
      assert.match(Listener.print(servers.public), /^127\.0\.0\.1:[1-9]\d+$/u)
      assert.notDeepEqual(servers.public, servers.internal)
    }).pipe(Effect.provide(world())))

  it.live("removes a socket file that nobody answers on, and sets the mode", () => {
    const listener = socketIn(folder()) as Extract<Listener.Listener, { readonly _tag: "unix" }>
    leaveSocket(listener.path)
    return Effect.gen(function*() {
      const mode = () => statSync(listener.path).mode & 0o777
      yield* Effect.scoped(Effect.gen(function*() {
        yield* Layer.build(world({ internal: listener }))
        assert.strictEqual(mode(), 0o660)
        assert.strictEqual((yield* ask(listener, { path: "/metrics", headers: withKey })).status, 200)
      }))
      assert.isFalse(existsSync(listener.path))
      yield* Effect.scoped(
        Effect.andThen(
          Layer.build(world({ internal: listener, socketMode: 0o600 })),
          Effect.sync(() => {
            assert.strictEqual(mode(), 0o600)
          })
        )
      )
    })
  })

  it.live("leaves a socket alone that somebody answers on", () => {
    const listener = socketIn(folder())
    return taken(
      listener,
      () => Effect.map(refusalOf({ public: listener }), (reason) => assert.strictEqual(reason, "SocketInUse"))
    )
  })

  it.live("never deletes what is no socket", () => {
    const path = join(folder(), "api.sock")
    writeFileSync(path, "somebody's notes")
    return Effect.map(refusalOf({ public: { _tag: "unix", path } }), (reason) => {
      assert.strictEqual(reason, "NotASocket")
      assert.strictEqual(readFileSync(path, "utf8"), "somebody's notes")
    })
  })

  it.live("misses the folder of a socket", () =>
    Effect.map(
      refusalOf({ public: { _tag: "unix", path: join(folder(), "none", "api.sock") } }),
      (reason) => assert.strictEqual(reason, "FolderMissing")
    ))

  it.live("does not share a port", () =>
    taken(
      { _tag: "tcp", host: "127.0.0.1", port: 0 },
      (port) =>
        Effect.map(refusalOf({ internal: { _tag: "tcp", host: "127.0.0.1", port } }), (reason) =>
          assert.strictEqual(reason, "AddressInUse"))
    ))

  it.live("knows no address that the machine does not have", () =>
    Effect.map(
      refusalOf({ public: { _tag: "tcp", host: "192.0.2.1", port: 0 } }),
      (reason) => assert.strictEqual(reason, "AddressNotAvailable")
    ))

  it.live("frees the first door when the second can not be opened", () => {
    const listener = socketIn(folder()) as Extract<Listener.Listener, { readonly _tag: "unix" }>
    return taken(
      { _tag: "tcp", host: "127.0.0.1", port: 0 },
      (port) =>
        Effect.map(refusalOf({ public: listener, internal: { _tag: "tcp", host: "127.0.0.1", port } }), (reason) => {
          assert.strictEqual(reason, "AddressInUse")
          assert.isFalse(existsSync(listener.path))
        })
    )
  })

  it.live("falls back where it is told to", () => {
    const path = folder()
    const socket = socketIn(join(path, "none"))
    const fallback: Listener.Listener = { _tag: "tcp", host: "127.0.0.1", port: 0 }
    return Effect.gen(function*() {
      const servers = yield* HttpServers
      assert.strictEqual(servers.public._tag, "tcp")
      assert.strictEqual((yield* ask(servers.public, { path: "/livez" })).status, 200)
    }).pipe(Effect.provide(world({ public: socket, fallbacks: { public: fallback } })))
  })

  it.live("does not start with a proxy that is no address", () =>
    Effect.map(
      Effect.flip(Effect.scoped(Layer.build(world({ trustedProxies: ["10.0.0.0/99"] })))),
      (error) => assert.instanceOf(error, TrustedProxyMalformed)
    ))
})
