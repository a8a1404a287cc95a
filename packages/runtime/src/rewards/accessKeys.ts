/** Finds the secrets of sign-ins: as they are set, else as they were made in the data directory. */
import type { SealingKey } from "@purser/integrations/banano"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { Settings } from "../config/Settings.ts"
import { keyFile, type KeyFileUnusable } from "../keys/keyFile.ts"

/** Files of generated secrets in the data directory. */
const files = { session: "session.key", secondFactor: "totp.key" } as const

type Chosen = Pick<Settings, "dataDir" | "rewards">

/** What signs sign-ins and sessions. Several hosts of one installation need it set. */
export const sessionSecret = (
  { dataDir, rewards }: Chosen
): Effect.Effect<Redacted.Redacted<string>, KeyFileUnusable> =>
  rewards.access.sessionSecret === null
    ? keyFile(dataDir, files.session)
    : Effect.succeed(rewards.access.sessionSecret)

/** What second factors are kept under: the first encrypts, all open. The made one is called `generated`. */
export const secondFactorKeys = (
  { dataDir, rewards }: Chosen
): Effect.Effect<readonly [SealingKey, ...ReadonlyArray<SealingKey>], KeyFileUnusable> =>
  rewards.access.totpKeys === null
    ? Effect.map(keyFile(dataDir, files.secondFactor), (hex) => [{
      id: "generated",
      secret: Redacted.make(Uint8Array.from(Buffer.from(Redacted.value(hex), "hex")))
    }])
    : Effect.succeed(rewards.access.totpKeys)
