/** Makes the next answers of a sandbox go wrong, as networks and busy servers do. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Answer, Said } from "./Answer.ts"

/**
 * How answers go wrong.
 *
 * - `status`: a status in place of the answer, 500 unless given, with those headers and that body; nothing is done.
 * - `silence`: none at all. `reset`: the connection breaks half-way. `truncated`: half of the text. What was asked is
 *   done in all three.
 * - Every other kind is one of the sandbox's own.
 */
export interface Fault<Own extends string = never> {
  readonly kind: "status" | "silence" | "reset" | "truncated" | Own
  /** How many; 1 unless given. */
  readonly answers?: number
  /** Only answers to paths that begin so; all unless given. */
  readonly path?: string
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** The form of faults on the wire. */
export const faultForm = <Own extends string = never>(...own: ReadonlyArray<Own>) =>
  Schema.Struct({
    kind: Schema.Literals(["status", "silence", "reset", "truncated", ...own]),
    answers: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThan(0))),
    path: Schema.optionalKey(Schema.String),
    status: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 200, maximum: 599 }))),
    headers: Schema.optionalKey(Schema.Record(Schema.String, Schema.String)),
    body: Schema.optionalKey(Schema.String)
  })

/** The faults that are planned, struck in order. */
export interface Faults<F extends Fault<string>> {
  /** Plans them in place of what was planned; none ends what was. */
  readonly plan: (faults: ReadonlyArray<F>) => Effect.Effect<void>
  /** How many answers are still to go wrong. */
  readonly left: Effect.Effect<number>
  /** The first fault that is for this path, counted off; undefined when none is. */
  readonly strike: (path: string) => Effect.Effect<F | undefined>
}

/** No fault is planned at first. */
export const makeFaults = <F extends Fault<string>>(): Faults<F> => {
  let planned: ReadonlyArray<F> = []
  return {
    plan: (faults) =>
      Effect.sync(() => {
        planned = faults.flatMap((fault) => Array.from({ length: fault.answers ?? 1 }, () => fault))
      }),
    left: Effect.sync(() => planned.length),
    strike: (path) =>
      Effect.sync(() => {
        const at = planned.findIndex((fault) => path.startsWith(fault.path ?? ""))
        if (at === -1) return undefined
        const struck = planned[at]
        planned = planned.toSpliced(at, 1)
        return struck
      })
  }
}

/** The answer as the fault leaves it; whole when there is none, or one of the sandbox's own. */
export const spoil = (fault: Fault<string> | undefined, answer: Effect.Effect<Said>): Effect.Effect<Answer> => {
  switch (fault?.kind) {
    case "status":
      return Effect.succeed({
        _tag: "Said",
        status: fault.status ?? 500,
        contentType: "application/json",
        headers: fault.headers ?? {},
        body: fault.body ?? "{}"
      })
    case "silence":
      return Effect.andThen(answer, Effect.never)
    case "reset":
      return Effect.map(answer, (said) => ({ ...said, isReset: true }))
    case "truncated":
      return Effect.map(answer, (said) => ({ ...said, body: said.body.slice(0, said.body.length / 2) }))
    default:
      return answer
  }
}
