/** Makes the next answers of wallet and daemon go wrong, as networks and busy servers do. */
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import { type Answer, bare, type Said } from "../../../loopback/Answer.ts"

/** How an answer goes wrong: HTTP 500, none at all, the connection reset half-way, or half of its text. */
export type Fault = "error500" | "silence" | "reset" | "truncated"

interface Planned {
  readonly answers: number
  readonly fault: Fault
}

/** The faults that are planned, and how they change an answer. */
export interface Faults {
  /** Plans them for that many answers, in place of what was planned. */
  readonly plan: (answers: number, fault: Fault) => Effect.Effect<void>
  /** Answers, or goes wrong while that is planned. What the request does is done in either case. */
  readonly apply: (answer: Answer) => Effect.Effect<Answer>
}

const spoil: Readonly<Record<Fault, (said: Said) => Effect.Effect<Answer>>> = {
  error500: () => Effect.succeed(bare(500)),
  silence: () => Effect.never,
  reset: (said) => Effect.succeed({ ...said, isReset: true }),
  truncated: (said) => Effect.succeed({ ...said, body: said.body.slice(0, said.body.length / 2) })
}

/** No fault is planned at first. */
export const makeFaults: Effect.Effect<Faults> = Effect.map(
  Ref.make<Planned | undefined>(undefined),
  (planned) => {
    const next = Ref.getAndUpdate(
      planned,
      (plan) => plan === undefined || plan.answers <= 1 ? undefined : { ...plan, answers: plan.answers - 1 }
    )
    return {
      plan: (answers, fault) => Ref.set(planned, answers < 1 ? undefined : { answers, fault }),
      apply: (answer) =>
        answer._tag === "Hangup" ? Effect.succeed(answer) : Effect.flatMap(
          next,
          (plan) => plan === undefined ? Effect.succeed(answer) : spoil[plan.fault](answer)
        )
    }
  }
)
