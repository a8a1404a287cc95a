/** Puts the faucet on an operator's desk: its use cases on the database of the settings, for commands that come and go. */
import type { FaucetAdmin, FaucetSettings, Players } from "@purser/domain/faucet"
import type { Identity, IdentityError } from "@purser/domain/identity"
import type { SeedRefused } from "@purser/integrations/banano"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Settings } from "../../config/Settings.ts"
import { type DatabaseOutdated, layerBooksAsTheyAre, type OpenRefused } from "../../database/layerDatabase.ts"
import type { KeyFileUnusable } from "../../keys/keyFile.ts"
import { FaucetLine, type LineRefused } from "../FaucetLine.ts"
import { layerFaucet } from "../layerFaucet.ts"

/** The settings say that there is no rewards program. */
export class FaucetOff extends Data.TaggedError("FaucetOff") {
  override get message(): string {
    return "the rewards program is off"
  }
}

/** What is on the desk. */
export type FaucetDesk =
  | FaucetAdmin
  | FaucetLine
  | FaucetSettings
  | Layer.Success<ReturnType<typeof layerBooksAsTheyAre>>
  | Players

/** Why it could not be set up. */
export type DeskRefused = DatabaseOutdated | FaucetOff | LineRefused | OpenRefused | SeedRefused

/**
 * The use cases with their stores, settings and providers. Nothing is migrated and no sandbox is started: providers of mode
 * `sandbox` are those that another process runs.
 */
export const layerFaucetDesk = (settings: Settings): Layer.Layer<FaucetDesk, DeskRefused> =>
  Layer.unwrap(Effect.suspend(() => {
    const { rewards } = settings
    if (rewards.mode === "off") return Effect.fail(new FaucetOff())
    return Effect.succeed(
      layerFaucet(rewards).pipe(
        Layer.provideMerge(Layer.merge(layerBooksAsTheyAre(settings), FaucetLine.layer(rewards, settings)))
      )
    )
  }))

/** Users and their sessions, which end when a player is erased. Loaded only then. */
export const layerUsers = (settings: Settings): Layer.Layer<Identity, IdentityError | KeyFileUnusable, FaucetLine> =>
  Layer.unwrap(Effect.map(
    Effect.promise(() => import("../layerIdentity.ts")),
    ({ layerIdentity }) => layerIdentity(settings)
  ))
