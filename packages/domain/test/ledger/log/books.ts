/** Books transfers in memory, for tests of the log over them. */
import { Ledger, LogKeys, LogSalt, LogSalts } from "@purser/domain/ledger"
import { layerLedger } from "@purser/domain/ledger/testing"
import type { SigningKey } from "@purser/domain/transparency"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { keyOf, origin } from "../../transparency/signers.ts"
import { account, post } from "../requests.ts"

const salts = (count: number) =>
  Array.from({ length: count }, (_, index) => LogSalt.make(String(index).padStart(32, "0")))

/** Keys of our log, the old one and the one that follows it. */
export const [oldKey, newKey] = [keyOf(origin, 1), keyOf(origin, 2)]

/** An empty ledger whose salts are known. */
export const layerKnown = Layer.provide(layerLedger, Layer.succeed(LogSalts, salts))

/** The keys that sign. */
export const signedBy = (first: SigningKey, ...others: ReadonlyArray<SigningKey>) => LogKeys.layer(first, ...others)

/** Books transfers `from` to `to` on two accounts. */
export const bookUpTo = (to: number, from = 1) =>
  Ledger.use((ledger) =>
    Effect.gen(function*() {
      yield* ledger.open(account("a"))
      yield* ledger.open(account("b"))
      for (let name = from; name <= to; name += 1) yield* ledger.post(post(String(name)))
    })
  )
