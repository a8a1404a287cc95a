/** Finds the key that seals the operator's seed, before there is a seed and hence settings that can be used. */
import type { SealingKey } from "@purser/integrations/banano"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { withSecretFiles } from "../../config/secretFiles.ts"
import { type Environment, read } from "../../config/Variable.ts"
import { rewardsVariables } from "../config/variables.ts"

/** There is no key to seal with. `problem` never quotes one. */
export class SealingKeyUnusable extends Data.TaggedError("SealingKeyUnusable")<{ readonly problem: string }> {
  override get message(): string {
    return `${rewardsVariables.bananoSealingKeys.name}: ${this.problem}`
  }
}

const refused = (problem: string) => new SealingKeyUnusable({ problem })

/** The first of the sealing keys in the environment, or in the file that it names for them. Every other setting may be missing. */
export const sealingKeyOf = (environment: Environment): Effect.Effect<SealingKey, SealingKeyUnusable> =>
  Effect.suspend(() => {
    const variable = rewardsVariables.bananoSealingKeys
    const secrets = withSecretFiles(environment)
    const refusal = secrets.refusals.find(({ name }) => name.startsWith(variable.name))
    if (refusal !== undefined) return Effect.fail(refused(refusal.problem))
    return Result.match(read(variable, secrets.environment, new Map()), {
      onFailure: ({ problem }) => Effect.fail(refused(problem)),
      onSuccess: (keys) => keys?.[0] === undefined ? Effect.fail(refused("not set")) : Effect.succeed(keys[0])
    })
  })
