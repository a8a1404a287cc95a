/** Holds the quotas of one server, one for each class of routes, and the misses of its callers. */
import type { LimitClass } from "@purser/contract"
import { Misses, type MissSettings, missSettings } from "./Misses.ts"
import { type Quota, Quotas } from "./Quotas.ts"

/** What may be set otherwise: quotas by class, and how misses are punished. */
export interface LimitSettings extends Partial<Record<LimitClass, Quota>> {
  readonly misses?: Partial<MissSettings>
}

/**
 * Wide enough for whatever behaves, since behind a proxy that is not trusted all callers are one; narrow enough that one
 * caller leaves room for the others. A service looks at tokens for all its users from one address, and programs that wait
 * for a start ask several times a second. Who is signed in is counted by the user as well as by address.
 */
export const quotas: Readonly<Record<LimitClass, Quota>> = {
  redeem: { requests: 3_000, windowSeconds: 60 },
  token: { requests: 6_000, windowSeconds: 60 },
  probe: { requests: 12_000, windowSeconds: 60 },
  document: { requests: 600, windowSeconds: 60 },
  admin: { requests: 6_000, windowSeconds: 60 },
  sign_in: { requests: 120, windowSeconds: 60 },
  player: { requests: 1_200, windowSeconds: 60 }
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
    admin: new Quotas(settings.admin ?? quotas.admin),
    sign_in: new Quotas(settings.sign_in ?? quotas.sign_in),
    player: new Quotas(settings.player ?? quotas.player)
  },
  misses: new Misses({ ...missSettings, ...settings.misses })
})
