/** Lays out what each door answers: the contract, its description, and the handlers of its routes. */
import {
  type DeclaredRoute,
  declaredRoutes,
  type Door,
  InternalApi,
  type OpenApiDocument,
  openApiOf,
  PublicApi,
  referenceOf
} from "@purser/contract"
import { AuditLog } from "@purser/domain/audit"
import { Tickets } from "@purser/domain/tickets"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { FaucetHttp } from "./FaucetHttp.ts"
import type { Admission } from "./given/admit.ts"
import { listAudit } from "./handlers/audit.ts"
import { documentsOf } from "./handlers/documents.ts"
import { healthOf, type Looked, sharedChecks } from "./handlers/health.ts"
import { metricsOf } from "./handlers/metrics.ts"
import { redeem } from "./handlers/redeem.ts"
import { lookAtToken, revokeToken } from "./handlers/tokens.ts"
import { Health } from "./Health.ts"
import { Readings } from "./Readings.ts"
import { referencePage } from "./reference/page.ts"
import type { RefusalPage } from "./server/DoorServer.ts"
import type { Implementation } from "./server/Implementation.ts"
import type { GuardOf } from "./sessions/Guard.ts"

/** What the contract says of a door. */
export interface Description {
  readonly declared: ReadonlyArray<DeclaredRoute>
  readonly document: OpenApiDocument
  readonly page: string
}

/** How a door tells who is signed in, and what browsers are shown; where nobody can sign in, none of it. */
export interface SignedInPlan {
  readonly guardOf: ((admission: Admission) => GuardOf) | undefined
  readonly refusalPage: RefusalPage | undefined
  readonly pagePolicy: string | undefined
  readonly regionHeader: string | undefined
}

/** A door to be opened. */
export interface DoorPlan extends Description, SignedInPlan {
  readonly door: Door
  readonly implementations: ReadonlyArray<Implementation>
}

/** What an extension of the API adds: it declares all that the door has, and brings the handlers of what is new. */
export interface Extension extends SignedInPlan, Description {
  readonly implementations: ReadonlyArray<Implementation>
  /** Routes that no document describes: pages for people. */
  readonly pages: ReadonlyArray<DeclaredRoute>
}

const describe = (): Readonly<Record<Door, Description>> => ({
  public: {
    declared: declaredRoutes(PublicApi),
    document: openApiOf(PublicApi),
    page: referencePage(referenceOf(PublicApi))
  },
  internal: {
    declared: declaredRoutes(InternalApi),
    document: openApiOf(InternalApi),
    page: referencePage(referenceOf(InternalApi))
  }
})

let described: ReturnType<typeof describe> | undefined

/** The contract does not change while the process runs, and takes a while to describe. */
const descriptions = (): ReturnType<typeof describe> => described ??= describe()

const nobodySignsIn: SignedInPlan = {
  guardOf: undefined,
  refusalPage: undefined,
  pagePolicy: undefined,
  regionHeader: undefined
}

/** What the faucet adds to each door; its modules are loaded only where it is served. */
const extensions = Effect.fnUntraced(function*(looked: Looked, sandboxed: ReadonlyArray<string>) {
  const faucet = yield* Effect.serviceOption(FaucetHttp)
  if (Option.isNone(faucet)) return undefined
  const { faucetDoors } = yield* Effect.promise(() => import("./handlers/faucet/faucetDoors.ts"))
  return yield* faucetDoors(faucet.value, { looked, sandboxed })
})

/** Both doors over the use cases at hand. */
export const doorPlans = Effect.fnUntraced(function*(sandboxed: ReadonlyArray<string>) {
  const tickets = yield* Tickets
  const audit = yield* AuditLog
  const looked = yield* sharedChecks(yield* Health)
  const extended = yield* extensions(looked, sandboxed)
  const plan = (door: Door, implementations: ReadonlyArray<Implementation>): DoorPlan => {
    const extension = extended?.[door]
    const { declared, document, page } = extension ?? descriptions()[door]
    return {
      ...extension ?? nobodySignsIn,
      door,
      declared: [...declared, ...extension?.pages ?? []],
      document,
      page,
      implementations: [
        ...implementations,
        ...extension?.implementations ?? [],
        ...healthOf(looked, { door, sandboxed }),
        ...documentsOf(document, page)
      ]
    }
  }
  return {
    public: plan("public", [redeem(tickets), lookAtToken(tickets)]),
    internal: plan("internal", [revokeToken(tickets), listAudit(audit), metricsOf(yield* Readings)])
  }
})
