/** Examines an installation before it serves, or when something is wrong. */
import { examine, type Finding } from "@purser/runtime"
import * as Effect from "effect/Effect"
import { settings } from "../settings/settings.ts"
import { failed } from "../terminal/CommandFailed.ts"
import { print } from "../terminal/output.ts"
import { table } from "../terminal/table.ts"

const worded = (findings: ReadonlyArray<Finding>): string =>
  table([
    { heading: "", text: ({ state }) => state === "failed" ? "FAILED" : state },
    { heading: "check", text: ({ check }) => check },
    { heading: "", text: ({ detail }) => detail }
  ], findings)

/** What the command does. */
export const run = Effect.fnUntraced(function*({ json }: { readonly json: boolean }) {
  const findings = yield* Effect.flatMap(settings, examine)
  yield* print(json, { findings }, worded(findings))
  const bad = findings.filter(({ state }) => state === "failed").length
  if (bad > 0) return yield* failed(bad === 1 ? "one check failed" : `${bad} checks failed`)
})
