/** Tells the face of the installation. */
import { productEndpoint } from "@purser/contract/faucet"
import type { Product } from "@purser/domain/rewards"
import * as Effect from "effect/Effect"
import { implement, type Implementation } from "../../server/Implementation.ts"
import { answered } from "../../server/Reply.ts"

/** `GET /config/product`. `dry_run_banner` is what is true, whatever the operator configured. */
export const productHandler = (product: Product, dryRun: boolean): Implementation => {
  const reply = answered(200, {
    app_name: product.appName,
    org_name: product.orgName,
    banner_url: product.bannerUrl,
    media_kit_url: product.mediaKitUrl,
    default_locale: product.defaultLocale,
    discord_invite_url: product.discordInviteUrl,
    feature_flags: { ...product.featureFlags, dry_run_banner: dryRun }
  })
  return implement(productEndpoint, () => Effect.succeed(reply))
}
