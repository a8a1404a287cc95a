/** Answers the control interface: decodes, does, and prints. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { fieldOf } from "../../../http/fieldOf.ts"
import { type Answer, type Asked, json, refused } from "../../../loopback/Answer.ts"
import { SandboxRefusedRequest } from "../SandboxError.ts"
import type { SandboxOperations } from "../SandboxOperations.ts"
import { Confirming, Fault, Funding, Named, Nothing, Status } from "./Wire.ts"

type Route = (body: string) => Effect.Effect<string, SandboxRefusedRequest>

/** Web pages cannot send this type to another origin without asking first, which nobody answers. */
const isJson = (contentType: string): boolean => /^application\/json\s*(?:;|$)/iu.test(contentType)

const statusOf = (refusal: SandboxRefusedRequest): number => {
  if (refusal.code === "not_found") return 404
  return refusal.code === "data_file" ? 500 : 400
}

const read = <A>(form: Schema.Decoder<A>, body: string): Effect.Effect<A, SandboxRefusedRequest> =>
  Effect.try({
    try: () => JSON.parse(body) as unknown,
    catch: () => new SandboxRefusedRequest({ code: "not_json", detail: "the body is not JSON" })
  }).pipe(
    Effect.flatMap((value) =>
      Effect.mapError(
        Schema.decodeUnknownEffect(form)(value, { onExcessProperty: "error" }),
        (error) => new SandboxRefusedRequest({ code: "fields", detail: fieldOf(error) })
      )
    )
  )

const print = <A>(form: Schema.Codec<A, unknown>, value: A): string => JSON.stringify(Schema.encodeSync(form)(value))

const routesOf = (sandbox: SandboxOperations<SandboxRefusedRequest>): ReadonlyMap<string, Route> => {
  const status = Effect.map(sandbox.status, (now) => print(Status, now))
  const post =
    <A>(form: Schema.Decoder<A>, act: (asked: A) => Effect.Effect<void, SandboxRefusedRequest>): Route => (body) =>
      read(form, body).pipe(Effect.flatMap(act), Effect.andThen(status))
  return new Map<string, Route>([
    ["GET /sandbox", () => status],
    [
      "POST /sandbox/fund",
      (body) => read(Funding, body).pipe(Effect.flatMap(sandbox.fund), Effect.map((sent) => print(Named, sent)))
    ],
    ["POST /sandbox/confirm", post(Confirming, ({ hash }) => sandbox.confirm(hash))],
    ["POST /sandbox/roll-back", post(Named, ({ hash }) => sandbox.rollBack(hash))],
    ["POST /sandbox/wipe", post(Nothing, () => sandbox.wipe)],
    ["POST /sandbox/fail", post(Fault, sandbox.fail)]
  ])
}

/** Answers requests under `/sandbox`; what is refused is named by a code. */
export const controlAnswer = (
  sandbox: SandboxOperations<SandboxRefusedRequest>
): (asked: Asked) => Effect.Effect<Answer> => {
  const routes = routesOf(sandbox)
  const answer = ({ body, contentType, method, path }: Asked): Effect.Effect<string, SandboxRefusedRequest> => {
    const route = routes.get(`${method} ${path}`)
    if (route === undefined) return new SandboxRefusedRequest({ code: "not_found", detail: "nothing is there" })
    return method === "GET" || isJson(contentType)
      ? route(body)
      : new SandboxRefusedRequest({ code: "content_type", detail: "application/json is wanted" })
  }
  return (asked) =>
    Effect.match(answer(asked), {
      onSuccess: (body) => json(200, body),
      onFailure: (refusal) => refused(statusOf(refusal), refusal)
    })
}
