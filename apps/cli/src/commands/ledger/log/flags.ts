/** Holds the flags that commands of the log share. */
import * as Flag from "effect/cli/Flag"

const file = (name: string, description: string) =>
  Flag.String(name).pipe(Flag.withMetavar("FILE"), Flag.withDescription(description), Flag.optional)

/** `--out FILE` */
export const outFlag = file("out", "Write it to a new file that only you can read, instead of printing it").pipe(
  Flag.withAlias("o")
)

/** What `purser ledger verify` is given to check without a database. */
export const proofFlags = {
  proof: file("proof", "Check this proof of a transfer instead of the books; needs --key, and no database"),
  consistency: file("consistency", "Check this proof of growth instead of the books; needs --old and --key"),
  old: file("old", "The older head, for --consistency"),
  key: file("key", "Public keys of the log, one a line, as purser ledger log-key prints them")
}
