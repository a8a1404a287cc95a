/** Answers the control interface of a sandbox: decodes, does, and prints. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { fieldOf } from "../http/fieldOf.ts"
import { type Answer, type Asked, json, refused } from "./Answer.ts"

/** What the interface refuses by itself, whatever the sandbox. */
export type ControlRefusal = "not_json" | "content_type" | "fields" | "not_found"

/** A refusal as it is told. */
interface Told {
  readonly code: string
  readonly detail: string
}

/** What is done with a body; the text of the answer. */
export type ControlRoute<Refused> = (body: string) => Effect.Effect<string, Refused>

/** Web pages cannot send this type to another origin without asking first, which nobody answers. */
const isJson = (contentType: string): boolean => /^application\/json\s*(?:;|$)/iu.test(contentType)

const statusOf = ({ code }: Told): number => {
  if (code === "not_found") return 404
  return code === "data_file" ? 500 : 400
}

/** The text of an answer. */
export const printed = <A>(form: Schema.Codec<A, unknown>, value: A): string =>
  JSON.stringify(Schema.encodeSync(form)(value))

/** Reads the body of a request, refusing what does not fit. */
export const makeReadBody =
  <Refused>(refuse: (code: ControlRefusal, detail: string) => Refused) =>
  <A>(form: Schema.Decoder<A>, body: string): Effect.Effect<A, Refused> =>
    Effect.try({
      try: () => JSON.parse(body) as unknown,
      catch: () => refuse("not_json", "the body is not JSON")
    }).pipe(
      Effect.flatMap((value) =>
        Effect.mapError(
          Schema.decodeUnknownEffect(form)(value, { onExcessProperty: "error" }),
          (error) => refuse("fields", fieldOf(error))
        )
      )
    )

/** Answers requests by their method and path; what is refused is named by a code. */
export const answerControl = <Refused extends Told>(
  routes: ReadonlyMap<string, ControlRoute<Refused>>,
  refuse: (code: ControlRefusal, detail: string) => Refused
): (asked: Asked) => Effect.Effect<Answer> => {
  const answer = ({ body, contentType, method, path }: Asked): Effect.Effect<string, Refused> => {
    const route = routes.get(`${method} ${path}`)
    if (route === undefined) return Effect.fail(refuse("not_found", "nothing is there"))
    return method === "GET" || isJson(contentType)
      ? route(body)
      : Effect.fail(refuse("content_type", "application/json is wanted"))
  }
  return (asked) =>
    Effect.match(answer(asked), {
      onSuccess: (body) => json(200, body),
      onFailure: (refusal) => refused(statusOf(refusal), refusal)
    })
}
