/** Answers and asks for deeds below `/sandbox`, each a POST of JSON that is answered with where the sandbox then stands. */
import * as Effect from "effect/Effect"
import type * as Schema from "effect/Schema"
import { answerControl, type ControlRefusal, type ControlRoute, makeReadBody, printed } from "./answerControl.ts"
import { makeAskControl } from "./askControl.ts"
import type { Handler } from "./listen.ts"
import {
  type RefusalCode,
  type SandboxControlError,
  SandboxRefusedRequest,
  SandboxUnreachable
} from "./SandboxError.ts"

/** What is done with a body. */
export type Deed = (body: string) => Effect.Effect<void, SandboxRefusedRequest>

const refuse = (code: ControlRefusal, detail: string) => new SandboxRefusedRequest({ code, detail })
const read = makeReadBody(refuse)

/** What a body of that form makes the sandbox do. */
export const deed =
  <A>(form: Schema.Decoder<A>, act: (value: A) => Effect.Effect<void, SandboxRefusedRequest>): Deed => (body) =>
    Effect.flatMap(read(form, body), act)

/** Where a sandbox stands, and its form on the wire. */
export interface Standing<S> {
  readonly form: Schema.Codec<S, unknown>
  readonly now: Effect.Effect<S, SandboxRefusedRequest>
}

/** Answers `GET /sandbox`, and deeds at their paths below it. */
export const answerDeeds = <S>({ form, now }: Standing<S>, deeds: Readonly<Record<string, Deed>>): Handler => {
  const standing = Effect.map(now, (status) => printed(form, status))
  const routes = Object.entries(deeds).map(
    ([path, act]): readonly [string, ControlRoute<SandboxRefusedRequest>] => [
      `POST /sandbox/${path}`,
      (body) => Effect.andThen(act(body), standing)
    ]
  )
  return answerControl(new Map([["GET /sandbox", () => standing], ...routes]), refuse)
}

/** Whether a request is for the controls. */
export const isControl = (path: string): boolean => /^\/sandbox(?:[/?]|$)/u.test(path)

/** Asks the controls at that address, such as `http://127.0.0.1:18080`. Nothing is sent until it is used. */
export const makeAskDeeds = <S>(service: string, url: string, form: Schema.Codec<S, unknown>) => {
  const { get, post } = makeAskControl<SandboxRefusedRequest, SandboxUnreachable>(url, {
    refused: (code, detail) => new SandboxRefusedRequest({ code: code as RefusalCode, detail }),
    unreachable: (base, why) => new SandboxUnreachable({ service, url: base, why })
  })
  const status: Effect.Effect<S, SandboxControlError> = get("", form)
  const tell =
    <A>(path: string, body: Schema.Codec<A, unknown>) => (value: A): Effect.Effect<void, SandboxControlError> =>
      Effect.asVoid(post(`/${path}`, { body, value, reply: form }))
  return { status, tell }
}
