/** Declares the port behind which the last report of each rail is kept. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { StorageError } from "../transaction/index.ts"
import type { Look, Report } from "./Report.ts"

/** Keeps the last report of each rail and asset. Every method joins the surrounding `Transaction`, if there is one. */
export class ReconciliationStore extends Context.Service<ReconciliationStore, {
  /** Puts each look in the place of the one before of its rail and asset. Idempotent. */
  readonly keep: (looks: ReadonlyArray<Look>) => Effect.Effect<void, StorageError>
  /** The last report of each rail and asset, by rail and asset. */
  readonly last: Effect.Effect<ReadonlyArray<Report>, StorageError>
}>()("@purser/domain/reconciliation/ReconciliationStore") {}
