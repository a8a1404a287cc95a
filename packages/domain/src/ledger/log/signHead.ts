/** Signs the head of the log as it is now. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import type { StorageError } from "../../transaction/index.ts"
import {
  type Checkpoint,
  type Note,
  parseCheckpoint,
  parseNote,
  printCheckpoint,
  printNote,
  sameHash,
  signNote
} from "../../transparency/index.ts"
import type { LedgerLog, SignedHead } from "./LedgerLog.ts"
import { LogError } from "./LogError.ts"
import type { LogKeys } from "./LogKeys.ts"

/** What signing works on. */
export interface SigningBench {
  readonly log: LedgerLog["Service"]
  readonly keys: LogKeys["Service"]
}

/** A head and the note that says it: `checkpoint` with its signatures. */
export interface SignedCheckpoint extends Checkpoint {
  readonly note: string
}

const refused = (reason: LogError["reason"], detail: string) => Effect.fail(new LogError({ reason, detail }))

interface Opened {
  readonly checkpoint: Checkpoint
  readonly note: Note
}

const open = ({ note: written, size }: SignedHead): Effect.Effect<Opened, LogError> => {
  const opened = Result.flatMap(
    parseNote(written),
    (note) => Result.map(parseCheckpoint(note.text), (checkpoint) => ({ checkpoint, note }))
  )
  return Result.isSuccess(opened) && opened.success.checkpoint.size === size
    ? Effect.succeed(opened.success)
    : refused("LogDiffersFromSignedHead", `what is stored as the head of ${size} is none`)
}

/**
 * A head that was stored, as it is shown: checked against the log, and signed by keys that came since. That they sign the
 * stored text, and no other, keeps it one head for good.
 */
export const reopenHead = Effect.fnUntraced(function*({ keys, log }: SigningBench, head: SignedHead) {
  const { checkpoint, note } = yield* open(head)
  if (checkpoint.origin !== keys.origin) {
    return yield* refused("SignedUnderOtherOrigin", `the log is ${checkpoint.origin}, not ${keys.origin}`)
  }
  if (!sameHash(checkpoint.root, yield* log.root(head.size))) {
    return yield* refused("LogDiffersFromSignedHead", `the head of ${head.size} was signed with another root`)
  }
  return { ...checkpoint, note: printNote(signNote(note, keys.keys)) }
})

/** See `LedgerProofs.head`. */
export const signHead = (bench: SigningBench): Effect.Effect<SignedCheckpoint, LogError | StorageError> =>
  Effect.gen(function*() {
    const { keys, log } = bench
    // In this order: a head that another process signs in between is no larger than what is then there.
    const last = yield* log.lastSignedHead
    const size = yield* log.size
    if (Option.isSome(last)) {
      if (last.value.size > size) {
        return yield* refused("LogDiffersFromSignedHead", `${last.value.size} were signed, ${size} are there`)
      }
      const reopened = yield* reopenHead(bench, last.value)
      if (reopened.size === size) return reopened
    }
    const text = printCheckpoint({ origin: keys.origin, size, root: yield* log.root(size) })
    const note = printNote(signNote({ text, signatures: [] }, keys.keys))
    const signedAtMillis = yield* Clock.currentTimeMillis
    return yield* reopenHead(bench, yield* log.keepHead({ size, note, signedAtMillis }))
  })
