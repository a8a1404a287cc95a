/** Drives the ledger of a sandbox that another process runs. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { fieldOf } from "../../../http/fieldOf.ts"
import { type RefusalCode, SandboxRefusedRequest, SandboxUnreachable } from "../SandboxError.ts"
import type { SandboxOperations } from "../SandboxOperations.ts"
import { Confirming, Fault, Funding, Named, Nothing, Refusal, Status } from "./Wire.ts"

/** The ledger of a sandbox elsewhere. */
export type SandboxControl = SandboxOperations<SandboxUnreachable | SandboxRefusedRequest>

/** Codes are the sandbox's to choose: one of a newer release is passed on as it is. */
const refusedOf = ({ error: { code, detail } }: typeof Refusal.Type): SandboxRefusedRequest =>
  new SandboxRefusedRequest({ code: code as RefusalCode, detail })

const timeoutMillis = 10_000

const causeOf = (cause: unknown): string => {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  if (!(inner instanceof Error)) return "no connection"
  return "code" in inner && typeof inner.code === "string" && inner.code !== "" ? inner.code : inner.name
}

const decoded = <A>(form: Schema.Codec<A, unknown>, text: string) =>
  Schema.decodeUnknownEffect(Schema.fromJsonString(form))(text)

const encoded = <A>(form: Schema.Codec<A, unknown>, value: A): Effect.Effect<unknown, SandboxRefusedRequest> =>
  Effect.mapError(
    Schema.encodeEffect(form)(value),
    (error) => new SandboxRefusedRequest({ code: "fields", detail: fieldOf(error) })
  )

const posted = (body: unknown): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body)
})

/** The control interface at that address, such as `http://127.0.0.1:18080`. Nothing is sent until it is used. */
export const makeSandboxControl = (url: string): SandboxControl => {
  const base = url.replace(/\/+$/u, "")
  const unreachable = (why: string) => new SandboxUnreachable({ url: base, why })
  const foreign = () => unreachable("what answers there is no sandbox")

  const exchange = (path: string, question: RequestInit) =>
    Effect.tryPromise({
      try: async (signal) => {
        const response = await fetch(`${base}/sandbox${path}`, { ...question, signal, redirect: "error" })
        return { status: response.status, text: await response.text() }
      },
      catch: (cause) => unreachable(causeOf(cause))
    }).pipe(Effect.timeoutOrElse({ duration: timeoutMillis, orElse: () => unreachable("timed out") }))

  const ask = Effect.fnUntraced(function*<A>(form: Schema.Codec<A, unknown>, path: string, question: RequestInit) {
    const { status, text } = yield* exchange(path, question)
    if (status === 200) return yield* Effect.mapError(decoded(form, text), foreign)
    return yield* refusedOf(yield* Effect.mapError(decoded(Refusal, text), foreign))
  })

  const tell = <A>(path: string, form: Schema.Codec<A, unknown>, value: A) =>
    Effect.asVoid(Effect.flatMap(encoded(form, value), (body) => ask(Status, path, posted(body))))

  return {
    status: ask(Status, "", { method: "GET" }),
    fund: (funding) => Effect.flatMap(encoded(Funding, funding), (body) => ask(Named, "/fund", posted(body))),
    confirm: (hash) => tell("/confirm", Confirming, hash === undefined ? {} : { hash }),
    rollBack: (hash) => tell("/roll-back", Named, { hash }),
    wipe: tell("/wipe", Nothing, {}),
    fail: (fault) => tell("/fail", Fault, fault)
  }
}
