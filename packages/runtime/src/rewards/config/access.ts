/** Registers who gets in: the address of sign-ins, secrets of sessions, admins, and what tells a region. */
import { inFile, optional, withFallback } from "../../config/declare.ts"
import { keysText } from "../../config/readers.ts"
import { accountIdsText, headerText, originText, secretText } from "./readers.ts"

/** `integrations.yaml`, and secrets. */
export const access = {
  publicUrl: optional({
    name: "PURSER_PUBLIC_URL",
    purpose:
      "Where players reach this server: scheme, host and port; Discord sends them back below it. That of `PURSER_HTTP` when unset; `live` wants https.",
    example: "https://rewards.example.com",
    place: inFile("integrations", "web.public_url", "text"),
    parse: originText
  }),
  sessionSecret: optional({
    name: "PURSER_SESSION_SECRET",
    purpose:
      "Signs sign-ins and sessions: 32 characters or more, random. Made in the data directory when unset; `live` wants it set.",
    example: "64 hexadecimal digits",
    secret: true,
    place: inFile("integrations", "web.session_secret", "text"),
    parse: secretText
  }),
  totpKeys: optional({
    name: "PURSER_TOTP_KEYS",
    purpose:
      "Keys that second factors of admins are kept under: `id:hex[,id:hex]`, 32 bytes each; the first encrypts. Made in the data directory when unset; `live` wants them set.",
    example: "2026a:64 hexadecimal digits",
    secret: true,
    place: inFile("integrations", "web.totp_keys", "text"),
    parse: keysText
  }),
  regionHeader: optional({
    name: "PURSER_REGION_HEADER",
    purpose:
      "Header in which a trusted proxy tells a visitor's country; believed from `PURSER_TRUSTED_PROXIES` only. Regions are unknown when unset.",
    example: "cf-ipcountry",
    place: inFile("integrations", "web.region_header", "text"),
    parse: headerText
  }),
  adminIds: withFallback({
    name: "PURSER_ADMIN_DISCORD_IDS",
    purpose: "Discord ids of those who administer, separated by commas; they add a second factor. Nobody by default.",
    fallback: "",
    example: "123456789012345678",
    place: inFile("integrations", "admin.discord_ids", "list"),
    parse: accountIdsText
  }),
  testAccounts: withFallback({
    name: "PURSER_TEST_DISCORD_IDS",
    purpose: "Discord ids of your own test players, separated by commas: they raise no sign of abuse.",
    fallback: "",
    example: "123456789012345678",
    place: inFile("integrations", "admin.test_discord_ids", "list"),
    parse: accountIdsText
  })
}
