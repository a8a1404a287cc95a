/** Finds the keys that sign heads of the ledger's log: as they are set, or the one that a sandbox made. */
import { LogKeys } from "@purser/domain/ledger"
import { makeSigningKey, type SigningKey } from "@purser/domain/transparency"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type { Settings } from "../config/Settings.ts"
import { keyFile, type KeyFileUnusable } from "../keys/keyFile.ts"

/** Beside a real wallet nobody makes up the keys that others are to trust. */
export class LogKeysMissing extends Data.TaggedError("LogKeysMissing") {
  override get message(): string {
    return "no keys sign this log: set PURSER_LOG_KEYS and PURSER_LOG_ORIGIN"
  }
}

/** Name of a sandbox's log when none is set. */
const sandboxOrigin = "sandbox.invalid/books"

/** The settings have checked name and length. */
const signingKey = (origin: string, secret: Redacted.Redacted<Uint8Array>): Effect.Effect<SigningKey> =>
  Effect.orDie(Effect.fromResult(makeSigningKey(origin, secret)))

type Chosen = Pick<Settings, "dataDir" | "logKeys" | "logOrigin" | "monero">

/** See `layerLogKeys`. Keys as they are set have their ids; the made one is called `sandbox`. */
export const logKeys = (
  { dataDir, logKeys: given, logOrigin, monero }: Chosen
): Effect.Effect<
  ReadonlyArray<{ readonly id: string; readonly key: SigningKey }>,
  KeyFileUnusable | LogKeysMissing
> => {
  const origin = logOrigin ?? sandboxOrigin
  if (given !== null) {
    return Effect.forEach(given, ({ id, secret }) => Effect.map(signingKey(origin, secret), (key) => ({ id, key })))
  }
  if (monero.mode !== "sandbox") return Effect.fail(new LogKeysMissing())
  return Effect.flatMap(keyFile(dataDir, "log.key"), (hex) => {
    const secret = Redacted.make(Uint8Array.from(Buffer.from(Redacted.value(hex), "hex")))
    return Effect.map(signingKey(origin, secret), (key) => [{ id: "sandbox", key }])
  })
}

/** The keys that sign. A sandbox without any makes one in its data directory; an installation with a wallet is refused. */
export const layerLogKeys = (chosen: Chosen): Layer.Layer<LogKeys, KeyFileUnusable | LogKeysMissing> =>
  Layer.unwrap(Effect.map(logKeys(chosen), (keys) => {
    const [first, ...others] = keys.map(({ key }) => key)
    return LogKeys.layer(first!, ...others)
  }))
