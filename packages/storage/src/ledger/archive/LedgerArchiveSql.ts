/** Moves ledgers out of and into SQLite or PostgreSQL. */
import { LedgerArchive } from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Database from "../../Database.ts"
import { makeBench } from "../Bench.ts"
import { makeLedgerLog } from "../log/LedgerLogSql.ts"
import { withSpans } from "../spans/writeSpans.ts"
import { makeExportLines } from "./exportLines.ts"
import { makeImportLines } from "./importLines.ts"

/** Archives of the ledger on the database at hand. Taking one in writes what posting would have written. */
export const layer: Layer.Layer<LedgerArchive, never, Database.Services> = Layer.effect(
  LedgerArchive,
  Effect.gen(function*() {
    const bench = yield* withSpans(yield* makeBench)
    const log = makeLedgerLog(bench)
    return { exportLines: makeExportLines(bench, log), importLines: makeImportLines(bench, log) }
  })
)
