/** Runs a door on an HTTP server of Node: limits on what callers may take up, and an end that finishes what was accepted. */
import { type ProblemCode, problemKinds } from "@purser/contract"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import { randomUUID } from "node:crypto"
import { createServer, type Server, STATUS_CODES } from "node:http"
import type { Duplex } from "node:stream"
import { type Listener, print } from "../Listener.ts"
import type { ListenRefused } from "../ListenRefused.ts"
import { bind } from "./bind.ts"
import type { DoorServer } from "./DoorServer.ts"
import { writtenProblem } from "./problemText.ts"
import { refused } from "./Reply.ts"

/** How long callers may take, in milliseconds, and how many there may be. */
export interface ConnectionLimits {
  /** For the head of a request, from the first byte or the opening of the connection. */
  readonly headersMillis: number
  /** For a whole request. */
  readonly requestMillis: number
  /** Between two requests; longer than proxies keep a connection (60 s), so that they are the ones to close it. */
  readonly keepAliveMillis: number
  /** Without a byte in either direction. */
  readonly idleMillis: number
  readonly connections: number
}

/** For callers on slow networks, and against callers that are slow on purpose. */
export const connectionLimits: ConnectionLimits = {
  headersMillis: 10_000,
  requestMillis: 30_000,
  keepAliveMillis: 65_000,
  idleMillis: 90_000,
  connections: 10_000
}

const headerBytesMaximum = 8 * 1_024
const headersMaximum = 100

const create = (limits: ConnectionLimits): Server => {
  const server = createServer({
    headersTimeout: limits.headersMillis,
    requestTimeout: limits.requestMillis,
    keepAliveTimeout: limits.keepAliveMillis,
    connectionsCheckingInterval: Math.min(1_000, limits.headersMillis),
    maxHeaderSize: headerBytesMaximum,
    noDelay: true,
    // A missing host is refused by the door, with a body that says so.
    requireHostHeader: false
  })
  server.maxHeadersCount = headersMaximum
  server.maxConnections = limits.connections
  server.timeout = limits.idleMillis
  return server
}

const codes: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: "headers_too_large",
  ERR_HTTP_REQUEST_TIMEOUT: "request_timeout",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "body_too_large"
}

/** What is answered where there is no request to answer: it was too slow, too large, or not HTTP. */
const rawRefusal = (cause: NodeJS.ErrnoException, headers: ReadonlyArray<string>): string => {
  const correlationId = randomUUID()
  const code = codes[cause.code ?? ""] ?? "malformed_request"
  const { mediaType, status, text } = writtenProblem(refused(code), correlationId)
  const fields = [
    ["Content-Type", mediaType],
    ["Content-Length", String(Buffer.byteLength(text))],
    ["Cache-Control", "no-store"],
    ["X-Correlation-Id", correlationId],
    ["Connection", "close"],
    ...headers.flatMap((name, index) => index % 2 === 0 ? [[name, headers[index + 1] ?? ""]] : [])
  ]
  const lines = fields.map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${problemKinds[code].status} ${STATUS_CODES[status]}`, ...lines, "", text].join("\r\n")
}

const refuseRaw =
  (door: DoorServer, headers: ReadonlyArray<string>) => (cause: NodeJS.ErrnoException, socket: Duplex) => {
    if (cause.code === "ECONNRESET" || !socket.writable || door.isAnswering(socket)) socket.destroy()
    else socket.end(rawRefusal(cause, headers))
  }

/** Time for the refusals of what was broken off to get out. */
const partingMillis = 200

const idle = (door: DoorServer): Effect.Effect<void> =>
  Effect.callback((resume) => door.drain(() => resume(Effect.void)))

const closed = (server: Server): Effect.Effect<void> =>
  Effect.callback((resume) => {
    server.close(() => resume(Effect.void))
  })

/** Accepts nothing new, lets what was accepted finish for at most `gracefulMillis`, then breaks it off. */
const end = Effect.fnUntraced(function*(server: Server, door: DoorServer, gracefulMillis: number) {
  const closing = yield* Effect.forkChild(closed(server), { startImmediately: true })
  if (Option.isNone(yield* Effect.timeoutOption(idle(door), gracefulMillis))) {
    door.interrupt()
    yield* Effect.timeoutOption(idle(door), partingMillis)
  }
  server.closeAllConnections()
  yield* Fiber.await(closing)
})

/** How a door is opened. */
export interface Opening {
  readonly listener: Listener
  /** Where to listen instead when the first can not be had. */
  readonly fallback: Listener | undefined
  readonly socketMode: number
  readonly gracefulMillis: number
  readonly connections: ConnectionLimits
  /** Headers of answers that are not made by the door, name and value in turn. */
  readonly headers: ReadonlyArray<string>
}

const bindOrFallBack = (server: Server, opening: Opening): Effect.Effect<Listener, ListenRefused> => {
  const { fallback, listener, socketMode } = opening
  const first = bind(server, listener, socketMode)
  return fallback === undefined
    ? first
    : Effect.catch(first, (refused) =>
      Effect.andThen(
        Effect.logWarning(`Listening on ${print(fallback)} instead`, refused),
        bind(server, fallback, socketMode)
      ))
}

/** Opens the door; it closes with the scope. Answers where it listens. */
export const openDoor = Effect.fnUntraced(function*(
  door: DoorServer,
  opening: Opening
): Effect.fn.Return<Listener, ListenRefused, Scope.Scope> {
  const run = Effect.runForkWith(yield* Effect.context<never>())
  const server = create(opening.connections)
  server.on("request", door.listen)
  server.on("checkContinue", door.listen)
  server.on("checkExpectation", door.refuseExpectation)
  server.on("clientError", refuseRaw(door, opening.headers))
  const listener = yield* Effect.acquireRelease(
    bindOrFallBack(server, opening),
    () => end(server, door, opening.gracefulMillis)
  )
  server.on("error", (cause) => void run(Effect.logError("The server could not accept a connection", cause)))
  return listener
})
