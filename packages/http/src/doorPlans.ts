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
import { listAudit } from "./handlers/audit.ts"
import { documentsOf } from "./handlers/documents.ts"
import { healthOf, sharedChecks } from "./handlers/health.ts"
import { metricsOf } from "./handlers/metrics.ts"
import { redeem } from "./handlers/redeem.ts"
import { lookAtToken, revokeToken } from "./handlers/tokens.ts"
import { Health } from "./Health.ts"
import { Readings } from "./Readings.ts"
import { referencePage } from "./reference/page.ts"
import type { Implementation } from "./server/Implementation.ts"

/** What the contract says of a door. */
interface Description {
  readonly declared: ReadonlyArray<DeclaredRoute>
  readonly document: OpenApiDocument
  readonly page: string
}

/** A door to be opened. */
export interface DoorPlan extends Description {
  readonly door: Door
  readonly implementations: ReadonlyArray<Implementation>
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

/** Both doors over the use cases at hand. */
export const doorPlans = Effect.fnUntraced(function*(sandboxed: ReadonlyArray<string>) {
  const tickets = yield* Tickets
  const audit = yield* AuditLog
  const looked = yield* sharedChecks(yield* Health)
  const found = descriptions()
  const plan = (door: Door, implementations: ReadonlyArray<Implementation>): DoorPlan => ({
    ...found[door],
    door,
    implementations: [
      ...implementations,
      ...healthOf(looked, { door, sandboxed }),
      ...documentsOf(found[door].document, found[door].page)
    ]
  })
  return {
    public: plan("public", [redeem(tickets), lookAtToken(tickets)]),
    internal: plan("internal", [revokeToken(tickets), listAudit(audit), metricsOf(yield* Readings)])
  }
})
