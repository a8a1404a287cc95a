/** Makes environments for tests: one that may go live, made of keys that nobody uses. */
import { sealSeed } from "@purser/integrations/banano"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { createHash } from "node:crypto"

/** 64 hexadecimal digits that are the same in every run. */
export const digits = (of: string): string => createHash("sha256").update(of).digest("hex")

const sealingKey = { id: "k1", secret: Redacted.make(Uint8Array.from(Buffer.from(digits("sealing"), "hex"))) }

/** The seed of a test, sealed under `k1`. */
export const sealedSeed: string = Effect.runSync(sealSeed(Redacted.make(digits("seed")), sealingKey))

/** What `dry_run` needs. */
export const dryRun = {
  PURSER_DISCORD_CLIENT_ID: "123456789012345678",
  PURSER_DISCORD_CLIENT_SECRET: "client-words",
  PURSER_DISCORD_BOT_TOKEN: "bot-words",
  PURSER_DISCORD_GUILD_ID: "223456789012345678",
  PURSER_YUNITE_API_KEY: "yunite-words",
  PURSER_FORTNITE_API_KEY: "fortnite-words"
}

/** What `live` needs. */
export const live = {
  ...dryRun,
  PURSER_REWARDS_MODE: "live",
  PURSER_PUBLIC_URL: "https://rewards.purser.gg",
  PURSER_BANANO_NODE_RPC: "https://node.purser.gg/rpc",
  PURSER_BANANO_SEED: sealedSeed,
  PURSER_BANANO_SEALING_KEYS: `k1:${digits("sealing")}`,
  PURSER_SESSION_SECRET: digits("session"),
  PURSER_TOTP_KEYS: `k1:${digits("totp")}`
}
