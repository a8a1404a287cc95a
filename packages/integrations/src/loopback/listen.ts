/** Listens on loopback and hands over requests that were read whole. */
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import type * as Scope from "effect/Scope"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { type AddressInfo, BlockList, isIP } from "node:net"
import { type Answer, type Asked, refused } from "./Answer.ts"
import { SandboxRefused } from "./SandboxRefused.ts"

/** Where to listen; port 0 takes a free one. */
export interface Place {
  readonly host: string
  readonly port: number
}

/** Answers a request. */
export type Handler = (asked: Asked) => Effect.Effect<Answer>

/** Largest request in bytes. */
const bodyMost = 64 * 1024

const loopback = new BlockList()
loopback.addSubnet("127.0.0.0", 8, "ipv4")
loopback.addAddress("::1", "ipv6")

const isLoopback = (host: string): boolean =>
  host === "localhost" || isIP(host) !== 0 && loopback.check(host, isIP(host) === 6 ? "ipv6" : "ipv4")

/**
 * A name that leads here by a trick of DNS is one that a page elsewhere chose: its browser sends that name, and gets nothing. A
 * program that sends no name is none of a browser.
 */
const isAskedHere = ({ host }: IncomingMessage["headers"]): boolean =>
  host === undefined || URL.canParse(`http://${host}`) &&
    isLoopback(new URL(`http://${host}`).hostname.replace(/^\[(.*)\]$/u, "$1"))

/** The body; undefined when it is too large. Never answers when the sender goes away: its fiber is interrupted. */
const readBody = (incoming: IncomingMessage): Effect.Effect<string | undefined> =>
  Effect.callback((resume) => {
    const chunks: Array<Buffer> = []
    let bytes = 0
    incoming.on("data", (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > bodyMost) return resume(Effect.undefined)
      chunks.push(chunk)
    })
    incoming.on("end", () => resume(Effect.succeed(Buffer.concat(chunks).toString("utf8"))))
  })

const send = (outgoing: ServerResponse, answer: Answer): void => {
  if (answer._tag === "Hangup") return void outgoing.destroy()
  const { body, contentType, headers = {}, isReset = false, status } = answer
  outgoing.writeHead(status, {
    ...headers,
    "content-type": contentType,
    "content-length": Buffer.byteLength(body)
  })
  if (!isReset) return void outgoing.end(body)
  outgoing.write(body.slice(0, body.length / 2), () => outgoing.destroy())
}

const answerTo = Effect.fnUntraced(function*(handler: Handler, incoming: IncomingMessage) {
  if (!isAskedHere(incoming.headers)) {
    return refused(403, { code: "host", detail: "ask for 127.0.0.1 or localhost" })
  }
  const body = yield* readBody(incoming)
  if (body === undefined) return refused(413, { code: "too_large", detail: `at most ${bodyMost} bytes` })
  return yield* handler({
    method: incoming.method ?? "",
    path: incoming.url ?? "",
    contentType: incoming.headers["content-type"] ?? "",
    authorization: incoming.headers.authorization,
    headers: incoming.headers,
    connection: incoming.socket,
    body
  })
})

const open = (server: Server, { host, port }: Place): Effect.Effect<void, SandboxRefused> =>
  Effect.callback((resume) => {
    server.once(
      "error",
      (cause: Error & { readonly code?: string }) =>
        resume(new SandboxRefused({ reason: "Listen", detail: `${host}:${port}: ${cause.code ?? cause.message}` }))
    )
    server.listen({ host, port }, () => resume(Effect.void))
  })

const close = (server: Server): Effect.Effect<void> =>
  Effect.callback((resume) => {
    server.close(() => resume(Effect.void))
    server.closeAllConnections()
  })

const urlOf = ({ address, family, port }: AddressInfo): string =>
  `http://${family === "IPv6" ? `[${address}]` : address}:${port}`

/** Listens until the scope closes; answers the address. Whoever goes away before the answer interrupts its making. */
export const listen = (place: Place, handler: Handler): Effect.Effect<string, SandboxRefused, Scope.Scope> =>
  Effect.gen(function*() {
    if (!isLoopback(place.host)) {
      return yield* new SandboxRefused({ reason: "HostNotLoopback", detail: `${place.host} is not on loopback` })
    }
    const run = yield* FiberSet.makeRuntime()
    const server = createServer((incoming, outgoing) => {
      const making = run(Effect.map(answerTo(handler, incoming), (answer) => send(outgoing, answer)))
      outgoing.on("close", () => making.interruptUnsafe())
    })
    // Monero's wallet keeps an idle connection for half an hour.
    server.keepAliveTimeout = 1_800_000
    yield* Effect.acquireRelease(open(server, place), () => close(server))
    return urlOf(server.address() as AddressInfo)
  })
