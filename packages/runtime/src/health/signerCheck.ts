/** Judges the signer of this process, where it has one. */
import { SignerHealth, type SignerState } from "@purser/jobs"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { Verdict } from "./moneroCheck.ts"

/** Never down: players are served, and what they earn is kept, while nothing is paid. */
const verdictOf = (state: SignerState): Verdict => {
  switch (state._tag) {
    case "Standby":
    case "Working":
    case "UnderWay":
      return { state: "ok" }
    case "Refused":
      return { state: "degraded", detail: `payouts wait: ${state.why}` }
    case "Stopped":
      return {
        state: "degraded",
        detail: `the signer has stopped, an operator must look: ${state.why} ${state.detail}`
      }
    case "Down":
      return { state: "degraded", detail: state.detail }
  }
}

/** None where the faucet is off. */
export const signerChecks: Effect.Effect<ReadonlyArray<Verdict & { readonly name: string }>> = Effect.flatMap(
  Effect.serviceOption(SignerHealth),
  Option.match({
    onNone: () => Effect.succeed([]),
    onSome: ({ read }) => Effect.map(read, (state) => [{ name: "payouts", ...verdictOf(state) }])
  })
)
