/** Lays out what each door answers with the faucet. Loaded only where it is served. */
import { declaredRoutes, openApiOf, referenceOf } from "@purser/contract"
import { FaucetInternalApi, FaucetPublicApi } from "@purser/contract/faucet"
import { AuditLog } from "@purser/domain/audit"
import { FaucetAdmin, FaucetSettings, Players } from "@purser/domain/faucet"
import { Identity, IdentityRules } from "@purser/domain/identity"
import { PayoutStore } from "@purser/domain/payouts"
import { EarningStore } from "@purser/domain/rewards"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type { Description, Extension } from "../../doorPlans.ts"
import type { FaucetHttp } from "../../FaucetHttp.ts"
import { referencePage } from "../../reference/page.ts"
import { formTokens } from "../../sessions/formTokens.ts"
import { type Guards, guardsOf } from "../../sessions/guards.ts"
import type { Looked } from "../health.ts"
import { adminPayoutHandlers } from "./adminPayouts.ts"
import { adminPlayerHandlers } from "./adminPlayers.ts"
import { adminProgramHandlers, type Process } from "./adminProgram.ts"
import { playerHandlers } from "./player.ts"
import { productHandler } from "./product.ts"
import { sessionHandlers } from "./sessions.ts"
import { signInHandlers } from "./signIn.ts"

/** What the doors tell of the process. */
export interface Told {
  readonly looked: Looked
  readonly sandboxed: ReadonlyArray<string>
}

const describe = (): { readonly public: Description; readonly internal: Description } => ({
  public: {
    declared: declaredRoutes(FaucetPublicApi),
    document: openApiOf(FaucetPublicApi),
    page: referencePage(referenceOf(FaucetPublicApi))
  },
  internal: {
    declared: declaredRoutes(FaucetInternalApi),
    document: openApiOf(FaucetInternalApi),
    page: referencePage(referenceOf(FaucetInternalApi))
  }
})

let described: ReturnType<typeof describe> | undefined

const descriptions = (): ReturnType<typeof describe> => described ??= describe()

const originOf = (url: string): string => new URL(url).origin

type Houses = Context.Service.Shape<typeof FaucetHttp>

/** Both doors of the faucet. */
export const faucetDoors = Effect.fnUntraced(function*({ options, services }: Houses, told: Told) {
  const { freshForMillis = IdentityRules.defaultFreshForMillis, product, publicUrl, internalUrl = publicUrl } = options
  const identity = Context.get(services, Identity)
  const players = Context.get(services, Players)
  const admin = Context.get(services, FaucetAdmin)
  const settings = Context.get(services, FaucetSettings)
  const payouts = Context.get(services, PayoutStore)
  const house = { identity, players, settings, payouts, earnings: Context.get(services, EarningStore) }
  const { dryRun } = settings
  const process: Process = { ...told, dryRun, startedAtMillis: yield* Clock.currentTimeMillis }
  const shared = { identity, freshForMillis, tokens: formTokens(options.formSecret) }
  const guardAt = (url: string): Extension["guardOf"] => (admission) =>
    guardsOf({ ...shared, ...admission, origin: originOf(url) } satisfies Guards)
  const common = {
    pages: [],
    pageDocument: undefined,
    refusalPage: undefined,
    pagePolicy: undefined,
    regionHeader: options.regionHeader?.toLowerCase()
  }
  const found = descriptions()
  const atPublic: Extension = {
    ...found.public,
    ...common,
    guardOf: guardAt(publicUrl),
    implementations: [
      ...signInHandlers({ identity, players, afterSignIn: "/app" }),
      ...sessionHandlers(identity),
      ...playerHandlers(house),
      productHandler(product, dryRun)
    ]
  }
  const atInternal: Extension = {
    ...found.internal,
    ...common,
    guardOf: guardAt(internalUrl),
    implementations: [
      ...adminPayoutHandlers(admin, payouts),
      ...adminPlayerHandlers(admin),
      ...adminProgramHandlers({ admin, audit: yield* AuditLog, process })
    ]
  }
  return { public: atPublic, internal: atInternal }
})
