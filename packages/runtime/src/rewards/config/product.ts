/** Registers what the program is called and how it shows itself. */
import { inFile, optional, withFallback } from "../../config/declare.ts"
import { flagsText, inviteText, localeText, nameText, placeText } from "./readers.ts"

/** `product.yaml`. */
export const product = {
  appName: withFallback({
    name: "PURSER_APP_NAME",
    purpose: "What the program is called.",
    fallback: "Purser Rewards",
    example: "Kills for Bananas",
    place: inFile("product", "product.app_name", "text"),
    parse: nameText
  }),
  orgName: withFallback({
    name: "PURSER_ORG_NAME",
    purpose: "Who runs it.",
    fallback: "Purser",
    example: "Example Gaming",
    place: inFile("product", "product.org_name", "text"),
    parse: nameText
  }),
  bannerUrl: optional({
    name: "PURSER_BANNER_URL",
    purpose:
      "A picture for the head of pages and for cards that are shared: an https address, or a path of this server.",
    example: "https://example.com/banner.png",
    place: inFile("product", "product.banner_url", "text"),
    parse: placeText
  }),
  mediaKitUrl: optional({
    name: "PURSER_MEDIA_KIT_URL",
    purpose: "Where logos and texts for the press are.",
    example: "https://example.com/press",
    place: inFile("product", "product.media_kit_url", "text"),
    parse: placeText
  }),
  discordInviteUrl: optional({
    name: "PURSER_DISCORD_INVITE_URL",
    purpose: "How somebody joins the Discord server.",
    example: "https://discord.gg/example",
    place: inFile("product", "product.discord_invite_url", "text"),
    parse: inviteText
  }),
  defaultLocale: withFallback({
    name: "PURSER_DEFAULT_LOCALE",
    purpose: "Language of those who ask for none that is there.",
    fallback: "en",
    example: "de",
    place: inFile("product", "product.default_locale", "text"),
    parse: localeText
  }),
  featureFlags: withFallback({
    name: "PURSER_FEATURE_FLAGS",
    purpose: "What pages show or leave out: `name=true` or `name=false`, separated by commas. None by default.",
    fallback: "",
    example: "leaderboard=true",
    place: inFile("product", "product.feature_flags", "flags"),
    parse: flagsText
  })
}
