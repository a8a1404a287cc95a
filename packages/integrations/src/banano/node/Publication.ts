/** Says what became of a block that was published: a closed set, each knowing what may be done next. */
import type { BananoError, RefusalReason } from "./BananoError.ts"

/**
 * What a node said of a block.
 *
 * - `Taken`: it is in the node's ledger now. It counts once `blockInfo` says that it is confirmed.
 * - `Known`: it had been there before ("Old block"). A replay ends like this.
 * - `Invalid`: by its own bytes, and the blocks it names, it can never be in any ledger: another may take its place.
 * - `Displaced`: the node has another block in its place ("Fork"). An election decides, and may yet decide for this
 *   one: never pay again before `blockInfo` confirms the other.
 * - `Early`: a block before it, or the one that it receives, is not known there, and it may be taken when that arrives;
 *   or its work is too little (`WorkTooLow`): that is no part of the hash, so anybody who adds better work can land it.
 * - `Unclear`: nobody knows. Ask `blockInfo`, and publish the same bytes again; never build another block.
 */
export type Publication =
  | { readonly _tag: "Taken" }
  | { readonly _tag: "Known" }
  | { readonly _tag: "Invalid"; readonly reason: RefusalReason }
  | { readonly _tag: "Displaced" }
  | { readonly _tag: "Early"; readonly reason: RefusalReason }
  | { readonly _tag: "Unclear"; readonly error: BananoError }

const invalid: ReadonlySet<RefusalReason> = new Set([
  "BadSignature",
  "NegativeSpend",
  "BalanceMismatch",
  "BlockPosition",
  "BlockInvalid",
  "BurnAccount"
])

const early: ReadonlySet<RefusalReason> = new Set(["GapPrevious", "GapSource", "WorkTooLow"])

/**
 * What a failure of `process` means for the block. Whatever does not settle it leaves it unclear: among others
 * `SubtypeBalance`, which is what a send that has landed is told when it comes again with its subtype, for the node then
 * compares it with the balance that it has left; and `Unreceivable`, which a receive that landed before may be told.
 */
export const publicationOf = (error: BananoError): Publication => {
  if (error._tag !== "BananoRefused") return { _tag: "Unclear", error }
  const { reason } = error
  if (reason === "OldBlock") return { _tag: "Known" }
  if (reason === "Fork") return { _tag: "Displaced" }
  if (invalid.has(reason)) return { _tag: "Invalid", reason }
  return early.has(reason) ? { _tag: "Early", reason } : { _tag: "Unclear", error }
}
