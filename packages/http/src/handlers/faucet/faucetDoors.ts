/** Lays out what each door answers with the faucet. Loaded only where it is served. */
import { declaredRoutes, type Door, openApiOf, referenceOf } from "@purser/contract"
import { FaucetInternalApi, FaucetPublicApi } from "@purser/contract/faucet"
import { InternalPages, PublicPages } from "@purser/contract/faucet/pages"
import { AuditLog } from "@purser/domain/audit"
import { FaucetAdmin, FaucetSettings, Players } from "@purser/domain/faucet"
import { Identity, IdentityRules } from "@purser/domain/identity"
import { PayoutStore } from "@purser/domain/payouts"
import { EarningStore, PlayerStore } from "@purser/domain/rewards"
import { contentSecurityPolicy, paths } from "@purser/web"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type { Description, Extension } from "../../doorPlans.ts"
import type { FaucetHttp } from "../../FaucetHttp.ts"
import { adminPages } from "../../pages/admin/adminPages.ts"
import { configPages } from "../../pages/admin/configPages.ts"
import { reviewPages } from "../../pages/admin/reviewPages.ts"
import { secondFactorPages } from "../../pages/admin/secondFactorPages.ts"
import { openPages } from "../../pages/openPages.ts"
import type { PageHouse } from "../../pages/PageHouse.ts"
import { playerForms } from "../../pages/player/playerForms.ts"
import { playerPages } from "../../pages/player/playerPages.ts"
import { refusalPage } from "../../pages/refusalPage.ts"
import { referencePage } from "../../reference/page.ts"
import { formTokens } from "../../sessions/formTokens.ts"
import { guardsOf } from "../../sessions/guards.ts"
import { ownOriginOf } from "../../sessions/ownOrigin.ts"
import type { Looked } from "../health.ts"
import { adminPayoutHandlers } from "./adminPayouts.ts"
import { adminPlayerHandlers } from "./adminPlayers.ts"
import { adminProgramHandlers } from "./adminProgram.ts"
import { playerHandlers } from "./player.ts"
import { productHandler } from "./product.ts"
import { sessionHandlers } from "./sessions.ts"
import { signInHandlers } from "./signIn.ts"

/** What the doors tell of the process. */
export interface Told {
  readonly looked: Looked
  readonly sandboxed: ReadonlyArray<string>
}

type Described = Description & Pick<Extension, "pages">

const describe = (): { readonly public: Described; readonly internal: Described } => ({
  public: {
    declared: declaredRoutes(FaucetPublicApi),
    document: openApiOf(FaucetPublicApi),
    page: referencePage(referenceOf(FaucetPublicApi)),
    pages: declaredRoutes(PublicPages)
  },
  internal: {
    declared: declaredRoutes(FaucetInternalApi),
    document: openApiOf(FaucetInternalApi),
    page: referencePage(referenceOf(FaucetInternalApi)),
    pages: declaredRoutes(InternalPages)
  }
})

let described: ReturnType<typeof describe> | undefined

const descriptions = (): ReturnType<typeof describe> => described ??= describe()

type Given = Context.Service.Shape<typeof FaucetHttp>

/** What the doors stand on. */
const houseOf = Effect.fnUntraced(function*({ options, services }: Given, told: Told) {
  const settings = Context.get(services, FaucetSettings)
  const house: PageHouse = {
    options,
    freshForMillis: options.freshForMillis ?? IdentityRules.defaultFreshForMillis,
    process: { ...told, dryRun: settings.dryRun, startedAtMillis: yield* Clock.currentTimeMillis },
    settings,
    identity: Context.get(services, Identity),
    players: Context.get(services, Players),
    admin: Context.get(services, FaucetAdmin),
    audit: yield* AuditLog,
    earnings: Context.get(services, EarningStore),
    payouts: Context.get(services, PayoutStore),
    playerStore: Context.get(services, PlayerStore)
  }
  return house
})

const guardAt = ({ freshForMillis, identity, options }: PageHouse, url: string): Extension["guardOf"] => {
  const own = { identity, freshForMillis, tokens: formTokens(options.formSecret), originOf: ownOriginOf(url) }
  return (admission) => guardsOf({ ...own, ...admission })
}

const pagesForPlayers = (house: PageHouse) => [...openPages(house), ...playerPages(house), ...playerForms(house)]

const atPublic = (house: PageHouse) => [
  ...signInHandlers({ ...house, afterSignIn: paths.dashboard }),
  ...sessionHandlers(house.identity),
  ...playerHandlers(house),
  productHandler(house.options.product, house.process.dryRun),
  ...pagesForPlayers(house)
]

const atInternal = (house: PageHouse) => [
  ...adminPayoutHandlers(house.admin, house.payouts),
  ...adminPlayerHandlers(house.admin),
  ...adminProgramHandlers(house),
  ...pagesForPlayers(house),
  ...adminPages(house),
  ...reviewPages(house),
  ...configPages(house),
  ...secondFactorPages(house)
]

/** Both doors of the faucet. */
export const faucetDoors = Effect.fnUntraced(function*(given: Given, told: Told) {
  const house = yield* houseOf(given, told)
  const { publicUrl, internalUrl = publicUrl, regionHeader } = given.options
  const found = descriptions()
  const common = {
    refusalPage: refusalPage(house),
    pagePolicy: contentSecurityPolicy,
    regionHeader: regionHeader?.toLowerCase()
  }
  const doors: Readonly<Record<Door, Extension>> = {
    public: { ...found.public, ...common, guardOf: guardAt(house, publicUrl), implementations: atPublic(house) },
    internal: {
      ...found.internal,
      ...common,
      guardOf: guardAt(house, internalUrl),
      implementations: atInternal(house)
    }
  }
  return doors
})
