/** Brings the database up to date, or shows what would run. */
import { layerDatabase } from "@purser/runtime"
import { Migrations } from "@purser/storage"
import * as Effect from "effect/Effect"
import { settings } from "../settings/settings.ts"
import { explain } from "../terminal/explain.ts"
import { print } from "../terminal/output.ts"
import { table } from "../terminal/table.ts"

const at = (millis: number | null): string => millis === null ? "pending" : new Date(millis).toISOString()

const showStatus = Effect.fnUntraced(function*(json: boolean) {
  const states = yield* Migrations.status
  const text = table([
    { heading: "migration", text: ({ label }) => label },
    { heading: "applied", text: ({ appliedAtMillis }) => at(appliedAtMillis) }
  ], states)
  yield* print(
    json,
    states.map(({ appliedAtMillis, label }) => ({ migration: label, applied_at: at(appliedAtMillis) })),
    text
  )
})

const runPending = Effect.fnUntraced(function*(json: boolean) {
  const ran = yield* Migrations.run
  yield* print(json, { migrated: ran }, ran.length === 0 ? "up to date" : `migrated: ${ran.join(", ")}`)
})

/** What the command does. */
export const run = Effect.fnUntraced(function*({ json, status }: { readonly json: boolean; readonly status: boolean }) {
  const chosen = yield* settings
  const work = status ? showStatus(json) : runPending(json)
  yield* explain(Effect.provide(work, layerDatabase(chosen)))
})
