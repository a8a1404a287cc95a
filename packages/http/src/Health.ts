/** Declares what a host tells about what it depends on. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"

/** One dependency: `degraded` is optional and missing, `down` is needed and missing. `detail` is for operators only. */
export interface HealthCheck {
  readonly name: string
  readonly state: "ok" | "degraded" | "down"
  readonly detail?: string
}

/** The dependencies of a host. */
export class Health extends Context.Service<Health, {
  /** Looks at each of them now. Must end by itself; what takes too long is taken for `down`. */
  readonly checks: Effect.Effect<ReadonlyArray<HealthCheck>>
}>()("@purser/http/Health") {}
