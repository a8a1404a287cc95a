/** Opens the faucet of the settings for an operator. */
import type { Actor } from "@purser/domain/faucet"
import { type FaucetDesk, layerFaucetDesk } from "@purser/runtime/faucet"
import * as Effect from "effect/Effect"
import { settings } from "../settings/settings.ts"
import type { CommandFailed } from "../terminal/CommandFailed.ts"
import { explain } from "../terminal/explain.ts"

/** Whoever can run commands here, as the audit log names them. */
export const operator: Actor = { name: "operator", correlationId: null }

/** Runs a piece of work on the faucet that the settings name; refuses a database that is not up to date. */
export const withFaucet = <A, E, R extends FaucetDesk>(
  work: Effect.Effect<A, E, R>
): Effect.Effect<A, CommandFailed, Exclude<R, FaucetDesk>> =>
  Effect.flatMap(settings, (chosen) => explain(Effect.provide(work, layerFaucetDesk(chosen))))
