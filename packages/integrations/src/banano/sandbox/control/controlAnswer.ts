/** Answers the control interface: decodes, does, and prints. */
import * as Effect from "effect/Effect"
import type * as Schema from "effect/Schema"
import type { Answer, Asked } from "../../../loopback/Answer.ts"
import {
  answerControl,
  type ControlRefusal,
  type ControlRoute,
  makeReadBody,
  printed
} from "../../../loopback/answerControl.ts"
import { SandboxRefusedRequest } from "../SandboxError.ts"
import type { SandboxOperations } from "../SandboxOperations.ts"
import { Confirming, Fault, Funding, Named, Nothing, Status } from "./Wire.ts"

const refuse = (code: ControlRefusal, detail: string) => new SandboxRefusedRequest({ code, detail })
const read = makeReadBody(refuse)

const routesOf = (
  sandbox: SandboxOperations<SandboxRefusedRequest>
): ReadonlyMap<string, ControlRoute<SandboxRefusedRequest>> => {
  const status = Effect.map(sandbox.status, (now) => printed(Status, now))
  const post = <A>(
    form: Schema.Decoder<A>,
    act: (asked: A) => Effect.Effect<void, SandboxRefusedRequest>
  ): ControlRoute<SandboxRefusedRequest> =>
  (body) => read(form, body).pipe(Effect.flatMap(act), Effect.andThen(status))
  return new Map<string, ControlRoute<SandboxRefusedRequest>>([
    ["GET /sandbox", () => status],
    [
      "POST /sandbox/fund",
      (body) => read(Funding, body).pipe(Effect.flatMap(sandbox.fund), Effect.map((sent) => printed(Named, sent)))
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
): (asked: Asked) => Effect.Effect<Answer> => answerControl(routesOf(sandbox), refuse)
