/** Holds the quotas of one server, one for each class of routes, and the misses of its callers. */
import type { LimitClass } from "@purser/contract"
import { Misses, type MissSettings, missSettings } from "./Misses.ts"
import { type Quota, Quotas } from "./Quotas.ts"

/** What may be set otherwise: quotas by class, and how misses are punished. */
export interface LimitSettings extends Partial<Record<LimitClass, Quota>> {
  readonly misses?: Partial<MissSettings>
}

/**
 * A payer asks every few seconds, once or twice. A service looks at tokens for all its users from one address.
 * Supervisors ask every second.
 */
export const quotas: Readonly<Record<LimitClass, Quota>> = {
  redeem: { requests: 60, windowSeconds: 60 },
  token: { requests: 1_200, windowSeconds: 60 },
  probe: { requests: 600, windowSeconds: 60 },
  document: { requests: 120, windowSeconds: 60 },
  admin: { requests: 600, windowSeconds: 60 }
}

/** Quotas by class, shared by the routes of that class, and misses. */
export interface Limits {
  readonly quotas: Readonly<Record<LimitClass, Quotas>>
  readonly misses: Misses
}

/** Makes empty ones. */
export const makeLimits = (settings: LimitSettings = {}): Limits => ({
  quotas: {
    redeem: new Quotas(settings.redeem ?? quotas.redeem),
    token: new Quotas(settings.token ?? quotas.token),
    probe: new Quotas(settings.probe ?? quotas.probe),
    document: new Quotas(settings.document ?? quotas.document),
    admin: new Quotas(settings.admin ?? quotas.admin)
  },
  misses: new Misses({ ...missSettings, ...settings.misses })
})
