/** Gathers what redeeming and revoking work with. */
import * as Effect from "effect/Effect"
import { AuditLog } from "../../audit/index.ts"
import { ports } from "../ports.ts"
import { Scrypt, TokenKeys } from "../secret/index.ts"
import { TicketSettings } from "../TicketSettings.ts"
import { makeRationing } from "./rationing.ts"

/** The stores, keys and settings of one installation, and its two rations of derivations. */
export const makeDesk = Effect.gen(function*() {
  const settings = yield* TicketSettings
  const queue = settings.scryptQueue
  return {
    ...yield* ports,
    audit: yield* AuditLog,
    keys: yield* TokenKeys,
    scrypt: yield* Scrypt,
    settings,
    rationWithId: yield* makeRationing({ concurrency: settings.scryptWithIdConcurrency, queue }),
    rationWithoutId: yield* makeRationing({ concurrency: settings.scryptWithoutIdConcurrency, queue })
  }
})

/** What `makeDesk` gives. */
export type Desk = Effect.Success<typeof makeDesk>
