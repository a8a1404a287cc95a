/** Examines the data directory and the keys in it. */
import { TokenKeys } from "@purser/domain/tickets"
import { makeFolder } from "@purser/storage"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { accessSync, constants } from "node:fs"
import { resolve } from "node:path"
import type { Settings } from "../config/Settings.ts"
import { logKeys } from "../ledger/layerLogKeys.ts"
import { internalKey, layerTokenKeys } from "../tickets/layerKeys.ts"
import { failed, type Finding, ok, warning } from "./Finding.ts"

const folderCheck = ({ dataDir }: Settings): Effect.Effect<Finding> =>
  Effect.sync(() => {
    const path = resolve(dataDir)
    try {
      makeFolder(path)
      accessSync(path, constants.W_OK | constants.X_OK)
      return ok("data directory", path)
    } catch (cause) {
      return failed("data directory", `${path} can not be written (${(cause as NodeJS.ErrnoException).code})`)
    }
  })

const advisedKeyLength = 16

const internalKeyCheck = (settings: Settings): Effect.Effect<Finding> =>
  Effect.match(internalKey(settings), {
    onFailure: ({ message }) => failed("internal key", message),
    onSuccess: (key) =>
      Redacted.value(key).length < advisedKeyLength
        ? warning("internal key", `shorter than ${advisedKeyLength} characters: easily guessed`)
        : ok("internal key", settings.internalKey === null ? "in the data directory" : "set by PURSER_INTERNAL_KEY")
  })

const tokenKeysCheck = (settings: Settings): Effect.Effect<Finding> =>
  Effect.match(Effect.provide(TokenKeys, layerTokenKeys(settings)), {
    onFailure: ({ message }) => failed("token keys", message),
    onSuccess: ({ current }) => ok("token keys", `${settings.tokenKeys?.length ?? 1}, of which ${current.id} signs`)
  })

const logKeysCheck = (settings: Settings): Effect.Effect<Finding> =>
  Effect.match(logKeys(settings), {
    onFailure: (error) =>
      error._tag === "LogKeysMissing"
        ? ok("log keys", "none: heads of the ledger's log are not signed")
        : failed("log keys", error.message),
    onSuccess: (keys) => ok("log keys", `${keys.map(({ id }) => id).join(", ")} for ${keys[0]!.key.verifier.name}`)
  })

/** Makes what a first start would make. */
export const examineFiles = (settings: Settings): Effect.Effect<ReadonlyArray<Finding>> =>
  Effect.all([folderCheck(settings), internalKeyCheck(settings), tokenKeysCheck(settings), logKeysCheck(settings)])
