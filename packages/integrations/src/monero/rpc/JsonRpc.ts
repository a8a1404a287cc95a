/** Calls methods of monero-wallet-rpc and monerod by JSON-RPC 2.0. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import type { NoReply } from "../../http/exchange.ts"
import { fieldOf } from "../../http/fieldOf.ts"
import { parseExact, printExact } from "../exactJson.ts"
import {
  type MoneroError,
  MoneroMalformed,
  MoneroRefused,
  MoneroUnauthorized,
  MoneroUnavailable,
  type Party
} from "../MoneroError.ts"
import type { LoginRefused } from "./Connection.ts"
import { makeConnections } from "./connections.ts"
import type { RpcOptions } from "./RpcOptions.ts"

/** A method that only reads, its parameters, and how to read its result. */
export interface Call<A> {
  readonly method: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly result: Schema.Decoder<A>
}

/** Calls one program. A connection that breaks, or a server in trouble, is tried again after 100, 200 and 400 ms. */
export interface JsonRpc {
  readonly call: <A>(call: Call<A>) => Effect.Effect<A, MoneroError>
}

const Envelope = Schema.Union([
  Schema.Struct({ error: Schema.Struct({ code: Schema.BigInt, message: Schema.String }) }),
  Schema.Struct({ result: Schema.Unknown })
])
const readEnvelope = Schema.decodeUnknownEffect(Envelope)

/** One short line, whatever the program says. */
const oneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, " ").slice(0, 200)

const failureOf = (party: Party) => (error: NoReply | LoginRefused): MoneroUnavailable | MoneroUnauthorized =>
  error._tag === "NoReply" ? new MoneroUnavailable({ party, why: error.why }) : new MoneroUnauthorized({ party })

/** A client whose connections close with the scope. */
export const makeJsonRpc = (party: Party, options: RpcOptions): Effect.Effect<JsonRpc, never, Scope.Scope> =>
  Effect.map(makeConnections(options), (ask) => {
    const call = Effect.fnUntraced(function*<A>({ method, parameters, result }: Call<A>) {
      const malformed = (at: string) => new MoneroMalformed({ party, method, where: at })
      const body = printExact({ jsonrpc: "2.0", id: "0", method, params: parameters })
      const reply = yield* Effect.mapError(ask(body), failureOf(party))
      const value = yield* Effect.try({ try: () => parseExact(reply.body), catch: () => malformed("not JSON") })
      const envelope = yield* Effect.mapError(readEnvelope(value), (error) => malformed(fieldOf(error)))
      if ("error" in envelope) {
        const { code, message } = envelope.error
        return yield* new MoneroRefused({ party, method, code: Number(code), reason: oneLine(message) })
      }
      return yield* Effect.mapError(
        Schema.decodeUnknownEffect(result)(envelope.result),
        (error) => malformed(fieldOf(error))
      )
    })
    return {
      call: (asked) => Effect.withSpan(call(asked), `monero.${party}.${asked.method}`, { kind: "client" })
    }
  })
