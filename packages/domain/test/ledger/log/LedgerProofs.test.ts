import { assert, describe, it } from "@effect/vitest"
import {
  checkTransferProof,
  LedgerLog,
  LedgerProofs,
  LogError,
  type LogKeys,
  recordOf,
  type SignedCheckpoint
} from "@purser/domain/ledger"
import { Transaction } from "@purser/domain/transaction"
import {
  emptyRoot,
  leafHash,
  openCheckpoint,
  openGrowth,
  printCheckpoint,
  printConsistencyFile,
  printInclusionFile,
  printNote,
  signNote
} from "@purser/domain/transparency"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { keyOf, origin } from "../../transparency/signers.ts"
import { id } from "../requests.ts"
import { bookUpTo, layerKnown, newKey, oldKey, signedBy } from "./books.ts"

const withKeys = (keys: Layer.Layer<LogKeys>) => Effect.provide(Layer.provide(LedgerProofs.layer, keys))
const withOld = withKeys(signedBy(oldKey))
const head = LedgerProofs.use((proofs) => proofs.head)
const prove = (name: string) => LedgerProofs.use((proofs) => proofs.prove(id(name)))
const grow = (from: bigint) => LedgerProofs.use((proofs) => proofs.grow(from))
const reasonOf = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), (error) => error instanceof LogError ? error.reason : "another error")
const opened = ({ note }: SignedCheckpoint) => Result.getOrThrow(openCheckpoint(note, [oldKey.verifier]))

const known = [oldKey.verifier]
const textOf = (name: string) => printCheckpoint({ origin: name, size: 1n, root: emptyRoot() })
const refusal = (checked: Result.Result<unknown, { readonly reason: string }>) =>
  Result.isFailure(checked) ? checked.failure.reason : "holds"
const reasonFor = (written: string) => refusal(checkTransferProof(written, known))
const growthReason = (older: string, proof: string) => refusal(openGrowth({ older, proof }, known))

describe("LG-9 heads of the ledger's log", () => {
  it.effect("say how many transfers there are, and their root", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(opened(yield* withOld(head)), { origin, size: 0n, root: emptyRoot() })
      yield* bookUpTo(3)
      const signed = yield* withOld(head)
      assert.deepStrictEqual(opened(signed), { origin, size: 3n, root: yield* LedgerLog.use((log) => log.root(3n)) })
    }).pipe(Effect.provide(layerKnown)))

  it.effect("are stored before they are shown, once for each size", () =>
    Effect.gen(function*() {
      yield* bookUpTo(2)
      const first = yield* withOld(head)
      assert.deepStrictEqual(yield* withOld(head), first)
      const stored = yield* LedgerLog.use((log) => log.signedHead(2n))
      assert.strictEqual(Option.getOrThrow(stored).note, first.note)
      assert.isTrue(Option.isNone(yield* LedgerLog.use((log) => log.signedHead(1n))))
    }).pipe(Effect.provide(layerKnown)))

  it.effect("are signed by both keys during a rotation, also those from before it", () =>
    Effect.gen(function*() {
      yield* bookUpTo(2)
      const before = yield* withOld(head)
      const rotating = yield* withKeys(signedBy(newKey, oldKey))(head)
      assert.isTrue(rotating.note.startsWith(before.note))
      for (const key of [oldKey, newKey]) {
        assert.isTrue(Result.isSuccess(openCheckpoint(rotating.note, [key.verifier])))
      }
      yield* bookUpTo(3, 3)
      const after = yield* withKeys(signedBy(newKey))(head)
      assert.isTrue(Result.isFailure(openCheckpoint(after.note, [oldKey.verifier])))
      assert.isTrue(Result.isSuccess(openCheckpoint(after.note, [newKey.verifier])))
    }).pipe(Effect.provide(layerKnown)))

  it.effect("are not signed under another name", () =>
    Effect.gen(function*() {
      yield* withOld(head)
      assert.strictEqual(yield* reasonOf(withKeys(signedBy(keyOf("other", 1)))(head)), "SignedUnderOtherOrigin")
    }).pipe(Effect.provide(layerKnown)))

  it.effect("are not signed when the log is not what was signed", () =>
    Effect.gen(function*() {
      yield* bookUpTo(2)
      const text = printCheckpoint({ origin, size: 1n, root: emptyRoot() })
      const note = printNote(signNote({ text, signatures: [] }, [oldKey]))
      yield* LedgerLog.use((log) => log.keepHead({ size: 1n, note, signedAtMillis: 1 }))
      assert.strictEqual(yield* reasonOf(withOld(head)), "LogDiffersFromSignedHead")
      assert.strictEqual(yield* reasonOf(withOld(prove("1"))), "LogDiffersFromSignedHead")
    }).pipe(Effect.provide(layerKnown)))

  it.effect("are not shown when what is stored is none, or of another size", () =>
    Effect.gen(function*() {
      yield* bookUpTo(2)
      const log = yield* LedgerLog
      const text = printCheckpoint({ origin, size: 5n, root: yield* log.root(1n) })
      yield* log.keepHead({
        size: 1n,
        note: printNote(signNote({ text, signatures: [] }, [oldKey])),
        signedAtMillis: 1
      })
      assert.strictEqual(yield* reasonOf(withOld(head)), "LogDiffersFromSignedHead")
      yield* log.keepHead({ size: 2n, note: "no note", signedAtMillis: 1 })
      assert.strictEqual(yield* reasonOf(withOld(head)), "LogDiffersFromSignedHead")
    }).pipe(Effect.provide(layerKnown)))

  it.effect("are not signed when transfers were lost", () =>
    Effect.gen(function*() {
      const text = printCheckpoint({ origin, size: 7n, root: emptyRoot() })
      const note = printNote(signNote({ text, signatures: [] }, [oldKey]))
      yield* LedgerLog.use((log) => log.keepHead({ size: 7n, note, signedAtMillis: 1 }))
      assert.strictEqual(yield* reasonOf(withOld(head)), "LogDiffersFromSignedHead")
    }).pipe(Effect.provide(layerKnown)))
})

describe("LG-9 proofs of transfers", () => {
  it.effect("show a transfer to whoever has the key", () =>
    Effect.gen(function*() {
      yield* bookUpTo(5)
      const { file, transfer } = yield* withOld(prove("3"))
      const written = printInclusionFile(file)
      const checked = Result.getOrThrow(checkTransferProof(written, [oldKey.verifier]))
      assert.deepStrictEqual(checked.transfer, transfer)
      assert.strictEqual(checked.transfer.sequence, 3n)
      assert.strictEqual(checked.checkpoint.size, 5n)
    }).pipe(Effect.provide(layerKnown)))

  it.effect("come under the last head as long as that holds the transfer", () =>
    Effect.gen(function*() {
      yield* bookUpTo(2)
      const first = yield* withOld(prove("1"))
      yield* bookUpTo(4, 3)
      assert.deepStrictEqual((yield* withOld(prove("1"))).file, first.file)
      const later = yield* withOld(prove("4"))
      assert.strictEqual(opened({ ...(yield* withOld(head)), note: later.file.checkpoint }).size, 4n)
    }).pipe(Effect.provide(layerKnown)))

  it.effect("are refused by name", () =>
    Effect.gen(function*() {
      yield* bookUpTo(2)
      assert.strictEqual(yield* reasonOf(withOld(prove("9"))), "TransferNotFound")
      assert.strictEqual(yield* reasonOf(withOld(grow(0n))), "ConsistencyFromNothing")
      assert.strictEqual(yield* reasonOf(withOld(grow(3n))), "SizesOutOfOrder")
      yield* LedgerLog.use((log) =>
        Effect.gen(function*() {
          assert.strictEqual(yield* reasonOf(log.root(3n)), "SizeBeyondLog")
          assert.strictEqual(yield* reasonOf(log.inclusion(id("1"), 3n)), "SizeBeyondLog")
          assert.strictEqual(yield* reasonOf(log.inclusion(id("2"), 1n)), "TransferBeyondSize")
          assert.strictEqual(yield* reasonOf(log.consistency(1n, 3n)), "SizeBeyondLog")
        })
      )
    }).pipe(Effect.provide(layerKnown)))

  it.effect("are not shown when they do not hold", () =>
    Effect.gen(function*() {
      yield* bookUpTo(3)
      const log = yield* LedgerLog
      const altered = Layer.succeed(LedgerLog, {
        ...log,
        inclusion: (id, size) =>
          Effect.map(log.inclusion(id, size), (found) => ({
            ...found,
            transfer: { ...found.transfer, amountMinor: found.transfer.amountMinor + 1n }
          })),
        consistency: (from, to) => Effect.map(log.consistency(from, to), (hashes) => hashes.toReversed())
      })
      const failing = withOld(prove("2")).pipe(Effect.provide(altered))
      assert.strictEqual(yield* reasonOf(failing), "RecordDiffersFromLog")
      assert.strictEqual(yield* reasonOf(withOld(grow(1n)).pipe(Effect.provide(altered))), "TreeIsIncomplete")
    }).pipe(Effect.provide(layerKnown)))
})

describe("LG-9 a proof that was altered", () => {
  const proof = Effect.map(
    Effect.andThen(bookUpTo(5), withOld(prove("3"))),
    ({ file }) => file
  ).pipe(Effect.provide(layerKnown))
  it.effect("is refused with its reason", () =>
    Effect.gen(function*() {
      const file = yield* proof
      const written = printInclusionFile(file)
      const record = Buffer.from(file.extra!).toString()
      const altered = Buffer.from(record.replace("\"100\"", "\"101\""))
      assert.strictEqual(reasonFor(written), "holds")
      assert.strictEqual(reasonFor(written.slice(1)), "TextIsNoProof")
      assert.strictEqual(reasonFor(printInclusionFile({ ...file, extra: altered })), "RootDiffers")
      assert.strictEqual(reasonFor(printInclusionFile({ ...file, extra: null })), "RecordIsMissing")
      assert.strictEqual(reasonFor(printInclusionFile({ ...file, index: 3n })), "RootDiffers")
      assert.strictEqual(reasonFor(written.replace(`${origin}\n5`, `${origin}\n6`)), "SignatureInvalid")
      const other = checkTransferProof(written, [newKey.verifier])
      assert.strictEqual(Result.isFailure(other) ? other.failure.reason : "holds", "NotSignedByKnownKey")
    }))

  it.effect("is refused when its record is no transfer", () =>
    Effect.gen(function*() {
      const extra = Buffer.from("anything")
      const root = leafHash(extra)
      const text = printCheckpoint({ origin, size: 1n, root })
      const checkpoint = printNote(signNote({ text, signatures: [] }, [oldKey]))
      assert.strictEqual(reasonFor(printInclusionFile({ extra, index: 0n, hashes: [], checkpoint })), "RecordIsNotJson")
    }))
})

describe("LG-9 proofs of growth", () => {
  it.effect("show that nothing was taken away", () =>
    Effect.gen(function*() {
      yield* bookUpTo(3)
      const { note: older } = yield* withOld(head)
      yield* bookUpTo(7, 4)
      const proof = printConsistencyFile(yield* withOld(grow(3n)))
      const { from, to } = Result.getOrThrow(openGrowth({ older, proof }, known))
      assert.deepStrictEqual([from.size, to.size], [3n, 7n])
    }).pipe(Effect.provide(layerKnown)))

  it.effect("are refused with their reason", () =>
    Effect.gen(function*() {
      yield* bookUpTo(3)
      const { note: older } = yield* withOld(head)
      yield* bookUpTo(7, 4)
      const file = yield* withOld(grow(3n))
      const proof = printConsistencyFile(file)
      assert.strictEqual(growthReason(older, proof.slice(1)), "TextIsNoProof")
      assert.strictEqual(growthReason(file.checkpoint, proof), "SizesOutOfOrder")
      assert.strictEqual(growthReason(older.replace("\n3\n", "\n4\n"), proof), "SignatureInvalid")
      const without = printConsistencyFile({ ...file, hashes: file.hashes.slice(1) })
      assert.strictEqual(growthReason(older, without), "ProofHasWrongLength")
      const foreign = printCheckpoint({ origin, size: 3n, root: emptyRoot() })
      assert.strictEqual(
        growthReason(printNote(signNote({ text: foreign, signatures: [] }, [oldKey])), proof),
        "OldRootDiffers"
      )
    }).pipe(Effect.provide(layerKnown)))

  it.effect("are refused between two logs", () =>
    Effect.gen(function*() {
      const other = keyOf("other", 1)
      const older = printNote(signNote({ text: textOf("other"), signatures: [] }, [other]))
      const checkpoint = printNote(signNote({ text: textOf(origin), signatures: [] }, [oldKey]))
      const checked = openGrowth({ older, proof: printConsistencyFile({ from: 1n, hashes: [], checkpoint }) }, [
        oldKey.verifier,
        other.verifier
      ])
      assert.strictEqual(Result.isFailure(checked) ? checked.failure.reason : "holds", "OriginDiffers")
    }))
})

describe("LG-9 the log in memory", () => {
  it.effect("hashes each transfer with its salt", () =>
    Effect.gen(function*() {
      yield* bookUpTo(1)
      const { salt, transfer } = yield* LedgerLog.use((log) => log.inclusion(id("1"), 1n))
      assert.deepStrictEqual(yield* LedgerLog.use((log) => log.root(1n)), leafHash(recordOf(transfer, salt)))
      assert.match(salt, /^0{32}$/u)
    }).pipe(Effect.provide(layerKnown)))

  it.effect("forgets what a failed transaction booked", () =>
    Effect.gen(function*() {
      const transaction = yield* Transaction
      yield* Effect.flip(transaction.atomically(Effect.andThen(bookUpTo(2), Effect.fail("no"))))
      assert.strictEqual(yield* LedgerLog.use((log) => log.size), 0n)
    }).pipe(Effect.provide(layerKnown)))
})
