/** Asks the control interface of a sandbox that another process runs. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { fieldOf } from "../http/fieldOf.ts"

/** How a provider names what goes wrong. Codes are the sandbox's to choose: one of a newer release is passed on as it is. */
export interface ControlFailures<Refused, Unreachable> {
  readonly refused: (code: string, detail: string) => Refused
  readonly unreachable: (url: string, why: string) => Unreachable
}

const Refusal = Schema.Struct({ error: Schema.Struct({ code: Schema.String, detail: Schema.String }) })

const timeoutMillis = 10_000

const causeOf = (cause: unknown): string => {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  if (!(inner instanceof Error)) return "no connection"
  return "code" in inner && typeof inner.code === "string" && inner.code !== "" ? inner.code : inner.name
}

const decoded = <A>(form: Schema.Codec<A, unknown>, text: string) =>
  Schema.decodeUnknownEffect(Schema.fromJsonString(form))(text)

const posted = (body: unknown): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body)
})

/** What is asked at a path: a form of the body with its value, and a form of the answer. */
interface Question<Body, Reply> {
  readonly body: Schema.Codec<Body, unknown>
  readonly value: Body
  readonly reply: Schema.Codec<Reply, unknown>
}

/** The control interface at that address, such as `http://127.0.0.1:18080`. Nothing is sent until it is used. */
export const makeAskControl = <Refused, Unreachable>(
  url: string,
  failures: ControlFailures<Refused, Unreachable>
) => {
  const base = url.replace(/\/+$/u, "")
  const unreachable = (why: string) => failures.unreachable(base, why)
  const foreign = () => unreachable("what answers there is no sandbox")

  const exchange = (path: string, question: RequestInit) =>
    Effect.tryPromise({
      try: async (signal) => {
        const response = await fetch(`${base}/sandbox${path}`, { ...question, signal, redirect: "error" })
        return { status: response.status, text: await response.text() }
      },
      catch: (cause) => unreachable(causeOf(cause))
    }).pipe(
      Effect.timeoutOrElse({ duration: timeoutMillis, orElse: () => Effect.fail(unreachable("timed out")) })
    )

  const ask = Effect.fnUntraced(function*<A>(form: Schema.Codec<A, unknown>, path: string, question: RequestInit) {
    const { status, text } = yield* exchange(path, question)
    if (status === 200) return yield* Effect.mapError(decoded(form, text), foreign)
    const { error } = yield* Effect.mapError(decoded(Refusal, text), foreign)
    return yield* Effect.fail(failures.refused(error.code, error.detail))
  })

  return {
    get: <A>(path: string, reply: Schema.Codec<A, unknown>) => ask(reply, path, { method: "GET" }),
    post: <Body, Reply>(path: string, { body, reply, value }: Question<Body, Reply>) =>
      Schema.encodeEffect(body)(value).pipe(
        Effect.mapError((error) => failures.refused("fields", fieldOf(error))),
        Effect.flatMap((encoded) => ask(reply, path, posted(encoded)))
      )
  }
}
