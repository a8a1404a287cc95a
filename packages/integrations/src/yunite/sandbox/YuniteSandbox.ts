/** Runs a server on loopback that stands in for Yunite: a guild, its members, and their links. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { SandboxRefused } from "../../loopback/SandboxRefused.ts"
import { makeGuild, type SandboxGuild } from "./SandboxGuild.ts"

/** How a sandbox runs. */
export interface SandboxOptions {
  /** 0 takes a free one of 127.0.0.1. */
  readonly port: number
  readonly guildId: string
  /** The one token that it takes. */
  readonly token: string
}

/** A sandbox that runs. */
export interface RunningSandbox extends SandboxGuild {
  /** What to give to the client. */
  readonly url: string
  /** The ids of every question so far. */
  readonly questions: ReadonlyArray<ReadonlyArray<string>>
}

/** A server that stands in for Yunite. */
export class YuniteSandbox extends Context.Service<YuniteSandbox, RunningSandbox>()(
  "@purser/integrations/yunite/YuniteSandbox"
) {
  /** Listens until the layer is released; refuses to start where it cannot. */
  static readonly layer = (options: SandboxOptions): Layer.Layer<YuniteSandbox, SandboxRefused> =>
    Layer.effect(YuniteSandbox, run(options))
}

const open = (server: Server, port: number): Effect.Effect<void, SandboxRefused> =>
  Effect.callback((resume) => {
    server.once("error", (cause) => resume(new SandboxRefused({ reason: "Listen", detail: cause.name })))
    server.listen({ host: "127.0.0.1", port }, () => resume(Effect.void))
  })

const close = (server: Server): Effect.Effect<void> =>
  Effect.callback((resume) => {
    server.close(() => resume(Effect.void))
    server.closeAllConnections()
  })

/** Malformed questions have no ids. */
const idsOf = (body: string): ReadonlyArray<string> | undefined => {
  try {
    const { type, userIds } = JSON.parse(body) as { readonly type?: unknown; readonly userIds?: unknown }
    return type === "DISCORD" && Array.isArray(userIds) ? userIds.map(String) : undefined
  } catch {
    return undefined
  }
}

const refusalOf = ({ headers, method, url }: IncomingMessage, { guildId, token }: SandboxOptions) => {
  if (headers["y-api-token"] !== token) return 401
  const guild = /^\/v3\/guild\/(\d+)\/registration\/links$/u.exec(url ?? "")?.[1]
  if (method !== "POST" || guild === undefined) return 404
  return guild === guildId ? undefined : 403
}

const reply = (outgoing: ServerResponse, status: number, body: string) =>
  void outgoing.writeHead(status, { "content-type": "application/json" }).end(body)

const run = (options: SandboxOptions): Effect.Effect<RunningSandbox, SandboxRefused, Scope.Scope> =>
  Effect.gen(function*() {
    const { fault, guild, linksOf } = makeGuild()
    const questions: Array<ReadonlyArray<string>> = []
    const answer = (incoming: IncomingMessage, outgoing: ServerResponse, body: string) => {
      const refusal = refusalOf(incoming, options)
      if (refusal !== undefined) return reply(outgoing, refusal, "{}")
      const ids = idsOf(body)
      if (ids === undefined) return reply(outgoing, 400, "{}")
      questions.push(ids)
      const struck = fault()
      if (struck === "hang") return
      if (struck === "drop") return void outgoing.destroy()
      if (typeof struck === "object") {
        if (struck.retryAfter !== undefined) outgoing.setHeader("retry-after", struck.retryAfter)
        return reply(outgoing, struck.status, "{}")
      }
      const text = JSON.stringify(linksOf(ids, struck))
      reply(outgoing, 200, struck === "garble" ? text.slice(0, text.length / 2) : text)
    }
    const server = createServer((incoming, outgoing) => {
      const chunks: Array<Buffer> = []
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk))
      incoming.on("end", () => answer(incoming, outgoing, Buffer.concat(chunks).toString("utf8")))
    })
    yield* Effect.acquireRelease(open(server, options.port), () => close(server))
    return { ...guild, questions, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
  })
