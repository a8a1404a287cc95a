/** Answers JSON-RPC 2.0 as Monero's servers do: always with status 200, refusals included. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { parseExact, printExact } from "../../exactJson.ts"

/** The program refuses, with a code of its own. */
export class RpcRefusal extends Data.TaggedError("RpcRefusal")<{
  readonly code: number
  readonly reason: string
}> {
  override get message(): string {
    return `${this.code}: ${this.reason}`
  }
}

/** A method, from its parameters to its result. */
export type Method = (parameters: unknown) => Effect.Effect<unknown, RpcRefusal>

const Envelope = Schema.Struct({
  method: Schema.String,
  id: Schema.optionalKey(Schema.Unknown),
  params: Schema.optionalKey(Schema.Unknown)
})
const readEnvelope = Schema.decodeUnknownEffect(Envelope)

const invalidRequest = new RpcRefusal({ code: -32600, reason: "Invalid Request" })

const parse = (body: string) =>
  Effect.try({ try: () => parseExact(body), catch: () => invalidRequest }).pipe(
    Effect.flatMap((value) => Effect.mapError(readEnvelope(value), () => invalidRequest))
  )

/** A method whose parameters have that form; others are refused as Monero refuses them. */
export const method =
  <A>(form: Schema.Decoder<A>, run: (parameters: A) => Effect.Effect<unknown, RpcRefusal>): Method => (parameters) =>
    Schema.decodeUnknownEffect(form)(parameters).pipe(
      Effect.mapError(() => new RpcRefusal({ code: -32602, reason: "Invalid params" })),
      Effect.flatMap(run)
    )

const errorOf = ({ code, reason }: RpcRefusal) => ({ error: { code, message: reason } })

const print = (id: unknown, rest: object): string => printExact({ id, jsonrpc: "2.0", ...rest })

const unknownMethod: Method = () => new RpcRefusal({ code: -32601, reason: "Method not found" })

/** Calls the method that a body names; answers a text of JSON. */
export const callMethod = Effect.fnUntraced(function*(methods: ReadonlyMap<string, Method>, body: string) {
  const envelope = yield* Effect.result(parse(body))
  if (Result.isFailure(envelope)) return print(0, errorOf(envelope.failure))
  const { id = 0, method: name, params = {} } = envelope.success
  const run = methods.get(name) ?? unknownMethod
  return yield* Effect.match(run(params), {
    onSuccess: (result) => print(id, { result }),
    onFailure: (refusal) => print(id, errorOf(refusal))
  })
})
