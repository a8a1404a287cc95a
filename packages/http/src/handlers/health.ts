/** Translates the health of a host. */
import {
  type Door,
  type HealthCheck as HealthItem,
  healthzEndpoint,
  livezEndpoint,
  readyzEndpoint
} from "@purser/contract"
import * as Effect from "effect/Effect"
import type { Health, HealthCheck } from "../Health.ts"
import { implement, type Implementation } from "../server/Implementation.ts"
import { answered, refused } from "../server/Reply.ts"

/** Probes come often, and from many places: within this time they share one look. */
const sharedMillis = 500
const longestMillis = 5_000

const tooSlow: ReadonlyArray<HealthCheck> = [{
  name: "checks",
  state: "down",
  detail: `took more than ${longestMillis} ms`
}]

const item = (door: Door) => ({ detail, name, state }: HealthCheck): HealthItem => ({
  name,
  state,
  ...door === "internal" && detail !== undefined ? { detail } : {}
})

/** The worst of these states. */
export const worst = (checks: ReadonlyArray<HealthCheck>): HealthCheck["state"] => {
  if (checks.some(({ state }) => state === "down")) return "down"
  return checks.some(({ state }) => state === "degraded") ? "degraded" : "ok"
}

/** A look at all dependencies. */
export type Looked = Effect.Effect<ReadonlyArray<HealthCheck>>

/** Both doors look together; each tells what it may. */
export const sharedChecks = (health: Health["Service"]): Effect.Effect<Looked> =>
  Effect.cachedWithTTL(
    Effect.timeoutOrElse(health.checks, { duration: longestMillis, orElse: () => Effect.succeed(tooSlow) }),
    sharedMillis
  )

/** `GET /healthz`, `/livez` and `/readyz`. */
export const healthOf = (
  looked: Looked,
  { door, sandboxed }: { readonly door: Door; readonly sandboxed: ReadonlyArray<string> }
): ReadonlyArray<Implementation> => {
  const report = () =>
    Effect.map(looked, (found) => {
      const state = worst(found)
      const rest = { sandbox: sandboxed, checks: found.map(item(door)) }
      return state === "down"
        ? refused("not_ready", { members: { state, ...rest } })
        : answered(200, { state, ...rest })
    })
  return [
    implement(livezEndpoint, () => Effect.succeed(answered(200, { state: "ok" }))),
    implement(healthzEndpoint, report),
    implement(readyzEndpoint, report)
  ]
}
