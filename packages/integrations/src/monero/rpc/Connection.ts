/** Keeps one connection to a Monero program, and proves the password on it. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { Agent } from "node:http"
import { Agent as SecureAgent } from "node:https"
import { exchange, type Line, type NoReply, type Reply } from "../../http/exchange.ts"
import { authorization, type Challenge, readChallenge } from "./digest.ts"
import type { RpcOptions } from "./RpcOptions.ts"

/** The program wants a login that we do not have, or refuses ours. */
export class LoginRefused extends Data.TaggedError("LoginRefused") {}

/** A nonce can grow stale under us when the connection is replaced; more often than this is no accident. */
const challengesMost = 3

const addressOf = (url: string): URL => {
  const address = new URL(`${url.replace(/\/+$/u, "")}/json_rpc`)
  address.username = ""
  address.password = ""
  return address
}

/**
 * One connection, opened when it is needed and again when it broke. Monero's nonces belong to a connection, and it
 * wants their uses counted without a gap: so only one request may be under way.
 */
export class Connection {
  readonly #options: RpcOptions
  readonly #url: URL
  readonly #line: Line
  #challenge: Challenge | undefined
  #uses = 0

  constructor(options: RpcOptions) {
    this.#options = options
    this.#url = addressOf(options.url)
    const only = { keepAlive: true, maxSockets: 1 }
    this.#line = {
      agent: this.#url.protocol === "https:" ? new SecureAgent(only) : new Agent(only),
      timeoutMillis: options.timeoutMillis ?? 30_000,
      mostBytes: options.mostBytes ?? 64 * 2 ** 20
    }
  }

  /** Sends a body and answers what comes back, the login included. */
  ask(body: string): Effect.Effect<Reply, NoReply | LoginRefused> {
    return this.#ask(body, 0)
  }

  /** Ends the connection, and whatever is under way on it. */
  close(): void {
    this.#line.agent.destroy()
  }

  /** `challenged` counts the challenges of this call. A proof from an earlier one may have outlived its connection. */
  #ask(body: string, challenged: number): Effect.Effect<Reply, NoReply | LoginRefused> {
    return Effect.flatMap(this.#send(body), (reply) => {
      if (reply.status !== 401) return Effect.succeed(reply)
      const challenge = readChallenge(reply.headers["www-authenticate"])
      const isHopeless = challenge === undefined || challenged > 0 && !challenge.isStale
      if (isHopeless || challenged === challengesMost || this.#options.password === undefined) {
        return new LoginRefused()
      }
      this.#challenge = challenge
      this.#uses = 0
      return this.#ask(body, challenged + 1)
    })
  }

  #send(body: string): Effect.Effect<Reply, NoReply> {
    return Effect.suspend(() => {
      const proof = this.#proof()
      return exchange(this.#line, {
        url: this.#url,
        body,
        headers: proof === undefined ? {} : { authorization: proof }
      })
    })
  }

  #proof(): string | undefined {
    const { password, user = "" } = this.#options
    if (this.#challenge === undefined || password === undefined) return undefined
    this.#uses += 1
    const request = { user, password: Redacted.value(password), method: "POST", path: this.#url.pathname }
    return authorization({ ...request, count: this.#uses }, this.#challenge)
  }
}
