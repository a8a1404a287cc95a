/** Words the deeds of admins for the audit log. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { AuditEntry } from "../../audit/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import type { Actor } from "../FaucetAdmin.ts"
import type { Ports } from "../ports.ts"

/** What was done to what; `details` say what was before and after, without secrets. */
export interface Deed {
  readonly action: string
  readonly subject: string
  readonly details: Readonly<Record<string, string>>
}

/** Notes a deed in the surrounding transaction. */
export const note = Effect.fnUntraced(function*(
  { audit }: Ports,
  actor: Actor,
  deed: Deed
): Effect.fn.Return<void, StorageError> {
  const atMillis = yield* Clock.currentTimeMillis
  yield* audit.append(new AuditEntry({ ...deed, actor: actor.name, correlationId: actor.correlationId, atMillis }))
})

/** The fields that differ, as `before → after`. */
export const difference = (
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(after).flatMap(([name, value]) =>
      before[name] === value ? [] : [[name, `${before[name] ?? ""} → ${value}`]]
    )
  )
