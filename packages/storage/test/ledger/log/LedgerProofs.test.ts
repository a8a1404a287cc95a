import { assert, describe, layer } from "@effect/vitest"
import { checkTransferProof, LedgerLog, LedgerProofs, LogKeys } from "@purser/domain/ledger"
import {
  makeSigningKey,
  openCheckpoint,
  openGrowth,
  printConsistencyFile,
  printInclusionFile,
  type SigningKey
} from "@purser/domain/transparency"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { booked, openedAsks } from "../asks.ts"
import { stores } from "../stores.ts"

const keyOf = (byte: number): SigningKey =>
  Result.getOrThrow(makeSigningKey("test.example", Redacted.make(new Uint8Array(32).fill(byte))))
const [oldKey, newKey] = [keyOf(1), keyOf(2)]

/** Two signers, of which one has the new key already. */
const signedBy = (...[first, ...others]: readonly [SigningKey, ...ReadonlyArray<SigningKey>]) =>
  Effect.provide(Layer.fresh(Layer.provide(LedgerProofs.layer, LogKeys.layer(first, ...others))))
const bothSign = signedBy(newKey, oldKey)
const oldSigns = signedBy(oldKey)

const head = LedgerProofs.use((proofs) => proofs.head)
const textOf = (note: string) => note.slice(0, note.indexOf("\n\n"))
const opened = (note: string, key: SigningKey) => Result.getOrThrow(openCheckpoint(note, [key.verifier]))

const rounds = 25

describe.each(stores)("LG-9 heads and proofs in %s", (_, world) => {
  layer(world, { excludeTestServices: true, timeout: "180 seconds" })((it) => {
    it.effect("are one for each size, whoever asks while transfers come in", () =>
      Effect.gen(function*() {
        const asks = yield* openedAsks("heads")
        const posting = Effect.forEach(
          Array.from({ length: rounds }, (_, index) => String(index)),
          (name) => booked(asks.post(name)),
          { concurrency: 4 }
        )
        const asking = Effect.all(
          Array.from({ length: rounds }, (_, index) => index % 2 === 0 ? oldSigns(head) : bothSign(head)),
          { concurrency: 4 }
        )
        const [heads] = yield* Effect.all([asking, posting], { concurrency: "unbounded" })
        const texts = Map.groupBy(heads, ({ size }) => size)
        for (const same of texts.values()) {
          assert.strictEqual(new Set(same.map(({ note }) => textOf(note))).size, 1)
          for (const { note } of same) opened(note, oldKey)
        }
      }))

    it.effect("lead from every head that was signed to the last one", () =>
      Effect.gen(function*() {
        const log = yield* LedgerLog
        const size = yield* log.size
        for (let from = 1n; from <= size; from += 1n) {
          const older = Option.getOrUndefined(yield* log.signedHead(from))
          if (older === undefined) continue
          const proof = printConsistencyFile(yield* bothSign(LedgerProofs.use((proofs) => proofs.grow(from))))
          const { to } = Result.getOrThrow(openGrowth({ older: older.note, proof }, [oldKey.verifier]))
          assert.strictEqual(to.size, size)
        }
      }))

    it.effect("show a transfer to whoever knows the old or the new key", () =>
      Effect.gen(function*() {
        const asks = yield* openedAsks("heads")
        const { file, transfer } = yield* bothSign(LedgerProofs.use((proofs) => proofs.prove(asks.id("7"))))
        for (const key of [oldKey, newKey]) {
          const proven = Result.getOrThrow(checkTransferProof(printInclusionFile(file), [key.verifier]))
          assert.deepStrictEqual(proven.transfer, transfer)
        }
      }))
  })
})
