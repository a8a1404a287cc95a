/** Opens the books with the keys of their log, and hands out what was signed. */
import { LedgerProofs } from "@purser/domain/ledger"
import { layerBooksAsTheyAre, layerLogKeys } from "@purser/runtime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { settings } from "../../../settings/settings.ts"
import type { CommandFailed } from "../../../terminal/CommandFailed.ts"
import { explain } from "../../../terminal/explain.ts"
import { print } from "../../../terminal/output.ts"
import { writeText } from "./files.ts"

/** Asks for a head or proof of the books that the settings name. */
export const withProofs = <A, E>(
  ask: (proofs: LedgerProofs["Service"]) => Effect.Effect<A, E>
): Effect.Effect<A, CommandFailed> =>
  Effect.flatMap(settings, (chosen) => {
    const proofs = Layer.provide(LedgerProofs.layer, [layerBooksAsTheyAre(chosen), layerLogKeys(chosen)])
    return explain(Effect.provide(LedgerProofs.use(ask), proofs))
  })

/** Something to hand out: its text, and what it is for programs. */
export interface HandedOut {
  readonly text: string
  readonly value: object
  /** What was written, in a line, where it goes to a file. */
  readonly said: string
}

/** Prints it, or writes it to a file and says so. */
export const handOut = (
  { said, text, value }: HandedOut,
  { json, out }: { readonly json: boolean; readonly out: Option.Option<string> }
): Effect.Effect<void, CommandFailed> =>
  Option.isNone(out)
    // Printing ends with a newline of its own.
    ? print(json, value, text.replace(/\n$/u, ""))
    : Effect.andThen(writeText(out.value, text), print(json, value, `${out.value}: ${said}`))
