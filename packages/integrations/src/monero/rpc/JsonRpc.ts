/** Calls methods of monero-wallet-rpc and monerod by JSON-RPC 2.0. */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import { Agent } from "node:http"
import { Agent as SecureAgent } from "node:https"
import { parseExact, printExact } from "../exactJson.ts"
import {
  type MoneroError,
  MoneroMalformed,
  MoneroRefused,
  MoneroUnauthorized,
  MoneroUnavailable,
  type Party
} from "../MoneroError.ts"
import { authorization, type Challenge, readChallenge } from "./digest.ts"
import { exchange, type Line, type Reply } from "./exchange.ts"

/** Where the program is and how patient to be. */
export interface RpcOptions {
  /** Address without the path, such as `http://127.0.0.1:18083`. */
  readonly url: string
  readonly user?: string
  readonly password?: Redacted.Redacted<string>
  /** For one exchange; 30,000 unless given. A wallet that reads many blocks answers late. */
  readonly timeoutMillis?: number
  /** Calls at once; 4 unless given. One with a password: Monero's nonces belong to a connection. */
  readonly concurrency?: number
  /** Largest answer in bytes; 64 MiB unless given. */
  readonly mostBytes?: number
}

/** A method, its parameters, and how to read its result. */
export interface Call<A> {
  readonly method: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly result: Schema.Decoder<A>
}

/** Calls one program. What only reads is tried again after 100, 200 and 400 ms when there was no answer. */
export interface JsonRpc {
  readonly call: <A>(call: Call<A>) => Effect.Effect<A, MoneroError>
}

const Envelope = Schema.Union([
  Schema.Struct({ error: Schema.Struct({ code: Schema.BigInt, message: Schema.String }) }),
  Schema.Struct({ result: Schema.Unknown })
])
const readEnvelope = Schema.decodeUnknownEffect(Envelope)

const again = Schedule.exponential("100 millis").pipe(Schedule.jittered, Schedule.upTo({ times: 3 }))

const where = (error: { readonly message: string }): string => error.message.split("\n").slice(-1)[0]?.trim() ?? ""

class Program {
  readonly #party: Party
  readonly #options: RpcOptions
  readonly #url: URL
  readonly #line: Line
  #challenge: Challenge | undefined
  #count = 0

  constructor(party: Party, options: RpcOptions, agent: Agent) {
    this.#party = party
    this.#options = options
    this.#url = new URL("/json_rpc", options.url)
    if (new URL(options.url).pathname !== "/") this.#url = new URL(`${options.url.replace(/\/+$/u, "")}/json_rpc`)
    this.#line = { agent, timeoutMillis: options.timeoutMillis ?? 30_000, mostBytes: options.mostBytes ?? 64 * 2 ** 20 }
  }

  call<A>({ method, parameters, result }: Call<A>): Effect.Effect<A, MoneroError> {
    const body = printExact({ jsonrpc: "2.0", id: "0", method, params: parameters })
    return this.#ask(body).pipe(
      Effect.flatMap((reply) => this.#read(method, reply)),
      Effect.flatMap((value) =>
        Effect.mapError(Schema.decodeUnknownEffect(result)(value), (error) => this.#malformed(method, where(error)))
      ),
      Effect.withSpan(`monero.${this.#party}.${method}`, { kind: "client" })
    )
  }

  #malformed(method: string, at: string): MoneroMalformed {
    return new MoneroMalformed({ party: this.#party, method, where: at })
  }

  /** A 401 is answered on the same connection with the nonce that it gave. */
  #ask(body: string): Effect.Effect<Reply, MoneroError> {
    return Effect.flatMap(this.#send(body), (reply) => {
      if (reply.status !== 401) return Effect.succeed(reply)
      this.#challenge = readChallenge(reply.challenges)
      this.#count = 0
      const unauthorized = Effect.fail(new MoneroUnauthorized({ party: this.#party }))
      if (this.#challenge === undefined || this.#options.password === undefined) return unauthorized
      return Effect.flatMap(this.#send(body), (second) => second.status === 401 ? unauthorized : Effect.succeed(second))
    })
  }

  #send(body: string): Effect.Effect<Reply, MoneroUnavailable> {
    return Effect.suspend(() => {
      const proof = this.#authorization()
      const question = { url: this.#url, body, ...(proof === undefined ? {} : { authorization: proof }) }
      return exchange(this.#line, question).pipe(
        Effect.mapError(({ message }) => new MoneroUnavailable({ party: this.#party, why: message })),
        Effect.flatMap((reply) =>
          reply.status === 200 || reply.status === 401
            ? Effect.succeed(reply)
            : Effect.fail(new MoneroUnavailable({ party: this.#party, why: `HTTP ${reply.status}` }))
        ),
        Effect.retry({ schedule: again })
      )
    })
  }

  #authorization(): string | undefined {
    const { password, user } = this.#options
    if (this.#challenge === undefined || user === undefined || password === undefined) return undefined
    this.#count += 1
    const { pathname: path } = this.#url
    return authorization(
      { user, password: Redacted.value(password), method: "POST", path, count: this.#count },
      this.#challenge
    )
  }

  #read(method: string, { body }: Reply): Effect.Effect<unknown, MoneroError> {
    return Effect.try({ try: () => parseExact(body), catch: () => this.#malformed(method, "not JSON") }).pipe(
      Effect.flatMap((value) => Effect.mapError(readEnvelope(value), (error) => this.#malformed(method, where(error)))),
      Effect.flatMap((envelope) =>
        "error" in envelope
          ? Effect.fail(
            new MoneroRefused({
              party: this.#party,
              method,
              code: Number(envelope.error.code),
              reason: envelope.error.message
            })
          )
          : Effect.succeed(envelope.result)
      )
    )
  }
}

/** A client whose connections close with the scope. */
export const makeJsonRpc = (party: Party, options: RpcOptions): Effect.Effect<JsonRpc, never, Scope.Scope> =>
  Effect.gen(function*() {
    const concurrency = options.password === undefined ? options.concurrency ?? 4 : 1
    const settings = { keepAlive: true, maxSockets: concurrency }
    const agent = yield* Effect.acquireRelease(
      Effect.sync(() => options.url.startsWith("https:") ? new SecureAgent(settings) : new Agent(settings)),
      (opened) => Effect.sync(() => opened.destroy())
    )
    const program = new Program(party, options, agent)
    const turns = yield* Semaphore.make(concurrency)
    return { call: (call) => turns.withPermit(program.call(call)) }
  })
