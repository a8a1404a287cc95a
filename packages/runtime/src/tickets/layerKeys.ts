/** Finds the keys of an installation: as they are set, else as they were made in the data directory. */
import { TokenKeys } from "@purser/domain/tickets"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type { Settings } from "../config/Settings.ts"
import { keyFile, type KeyFileUnusable } from "../keys/keyFile.ts"

/** Files of generated keys in the data directory. */
export const keyFiles = { internal: "internal.key", token: "token.key" } as const

/** The bearer key of internal calls. */
export const internalKey = (
  { dataDir, internalKey: given }: Pick<Settings, "dataDir" | "internalKey">
): Effect.Effect<Redacted.Redacted<string>, KeyFileUnusable> =>
  given === null ? keyFile(dataDir, keyFiles.internal) : Effect.succeed(given)

/** The keys that tokens are derived with. The settings demand them beside a real wallet, so only a sandbox makes its own. */
export const layerTokenKeys = (
  { dataDir, tokenKeys }: Pick<Settings, "dataDir" | "tokenKeys">
): Layer.Layer<TokenKeys, KeyFileUnusable> => {
  const [first, ...others] = tokenKeys ?? []
  if (first !== undefined) return TokenKeys.layer(first, ...others)
  return Layer.unwrap(Effect.map(keyFile(dataDir, keyFiles.token), (hex) => {
    const secret = Redacted.make(Uint8Array.from(Buffer.from(Redacted.value(hex), "hex")))
    return TokenKeys.layer({ id: "sandbox", secret })
  }))
}
