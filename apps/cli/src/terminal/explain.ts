/** Words failures for the person who typed the command. */
import * as Effect from "effect/Effect"
import { CommandFailed, failed } from "./CommandFailed.ts"

/** What to do about it, by the name of the failure and, where it has one, its reason. */
const remedies: Readonly<Record<string, string>> = {
  "DatabaseRefused.FolderNotWritable": "Give the folder to this user, or set PURSER_DATA_DIR or PURSER_DATABASE_URL.",
  "DatabaseRefused.FileNotWritable": "Give the file to the user that runs Purser.",
  "DatabaseRefused.NotADatabase": "The file is something else: set PURSER_DATABASE_URL to another path.",
  "DatabaseRefused.HalfWritten": "The file is damaged: restore it from a backup (docs/operations/backup.md).",
  "DatabaseRefused.NotDurable": "Books need a file of their own: set PURSER_DATABASE_URL to the path of one.",
  "DatabaseRefused.Unreachable": "Start the database, or correct PURSER_DATABASE_URL.",
  "DatabaseRefused.WrongCredentials": "Correct user, password and database name in PURSER_DATABASE_URL.",
  "ListenRefused.AddressInUse": "Stop what listens there, or set another address.",
  "ListenRefused.SocketInUse": "Another process answers on that socket: stop it, or set another path.",
  "BooksOfAnotherWallet":
    "Set PURSER_DATABASE_URL or PURSER_DATA_DIR to the books of this wallet, or to new ones. Sandbox money never mixes with real.",
  "LogError.SignedUnderOtherOrigin": "The name of a log is for good: set PURSER_LOG_ORIGIN back to it.",
  "LogError.LogDiffersFromSignedHead": "The books were changed behind the ledger's back: see purser ledger verify.",
  "LogError.RecordDiffersFromLog": "The books were changed behind the ledger's back: see purser ledger verify.",
  "SandboxNotStarted": "Stop what listens there, or set PURSER_SANDBOX_HTTP.",
  "FaucetSandboxNotStarted":
    "Stop what listens there, or set PURSER_SANDBOX_BANANO, _DISCORD, _YUNITE or _FORTNITE to other ports.",
  "SandboxUnreachable": "Is purser serve running, with the same settings?",
  "FaucetOff": "PURSER_REWARDS_MODE says so: sandbox, dry_run or live turn it on.",
  "SealingKeyUnusable":
    "A key is ID:HEX, its 64 hexadecimal digits from openssl rand -hex 32, in that variable or in the file that it names with _FILE.",
  "PlayerUnknown": "Say who by Discord id, 17 to 20 digits, or by the id that purser payouts list shows.",
  "PayoutUnknown": "purser payouts list shows the ids of payouts.",
  "ConfigChanged": "Look at it with purser payouts config, then change it again.",
  "PayoutRefused.AlreadyConfirmed": "It is paid, and a debt is paid once.",
  "PayoutRefused.AlreadyQueued": "It waits to be signed: nothing has to be done.",
  "PayoutRefused.AlreadySimulated": "It ended in a dry run, where nothing is paid.",
  "PayoutRefused.BlockMayLand": "Its block may still be taken: it is looked up until that is certain.",
  "PayoutRefused.DebtElsewhere": "Its kills are in another payout by now: see purser payouts list --player.",
  "ReviewRefused.SignalUnknown": "purser review list --all shows the keys of signs.",
  "ReviewRefused.NoteMalformed": "--note: say why, in 1 to 1,000 characters.",
  "ProviderUnavailable": "Nothing was changed. In a sandbox: is purser serve running? Elsewhere: purser doctor."
}

const remedyOf = (error: object): string | undefined => {
  const tag = "_tag" in error ? String(error._tag) : ""
  const reason = "reason" in error ? String(error.reason) : "why" in error ? String(error.why) : ""
  return remedies[`${tag}.${reason}`] ?? remedies[tag]
}

/** The failure as one that the command line shows: its message, and the way out where there is a known one. */
export const explained = (error: unknown): CommandFailed => {
  if (error instanceof CommandFailed) return error
  if (!(error instanceof Error)) return failed("it failed without saying why")
  const remedy = remedyOf(error)
  return failed(remedy === undefined ? error.message : `${error.message}\n${remedy}`)
}

/** Ends the command with a worded failure. */
export const explain = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, CommandFailed, R> =>
  Effect.mapError(effect, explained)
