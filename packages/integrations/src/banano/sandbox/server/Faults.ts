/** Makes the next answers of a sandbox go wrong, as networks and busy nodes do. */
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import { type Answer, bare, json, type Said } from "../../../loopback/Answer.ts"
import type { SandboxFault } from "../SandboxOperations.ts"

/** The fault that is planned. */
export interface Faults {
  /** Plans it in place of what was planned. */
  readonly plan: (fault: SandboxFault) => Effect.Effect<void>
  readonly left: Effect.Effect<number>
  /** The fault that strikes an answer to this action, counted off. */
  readonly next: (action: string) => Effect.Effect<SandboxFault | undefined>
}

/** An answer as the fault leaves it. */
export const spoil = (fault: SandboxFault, said: Said): Effect.Effect<Answer> => {
  switch (fault.kind) {
    case "error500":
      return Effect.succeed(bare(500))
    case "silence":
      return Effect.never
    case "reset":
      return Effect.succeed({ ...said, isReset: true })
    case "truncated":
      return Effect.succeed({ ...said, body: said.body.slice(0, said.body.length / 2) })
    case "refusal":
      return Effect.succeed(json(200, JSON.stringify({ error: fault.text ?? "Unknown error" })))
    case "drop":
      return Effect.succeed(said)
  }
}

/** No fault is planned at first. */
export const makeFaults: Effect.Effect<Faults> = Effect.map(
  Ref.make<SandboxFault | undefined>(undefined),
  (planned) => ({
    plan: (fault) => Ref.set(planned, fault.answers < 1 ? undefined : fault),
    left: Effect.map(Ref.get(planned), (fault) => fault?.answers ?? 0),
    next: (action) =>
      Ref.modify(planned, (fault) => {
        if (fault === undefined || fault.action !== undefined && fault.action !== action) return [undefined, fault]
        return [fault, fault.answers === 1 ? undefined : { ...fault, answers: fault.answers - 1 }]
      })
  })
)
