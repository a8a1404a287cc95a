/** Examines the database: reached, up to date, and of one mind about the time. */
import { Database, Migrations } from "@purser/storage"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { Settings } from "../config/Settings.ts"
import { layerDatabase } from "../database/layerDatabase.ts"
import { failed, type Finding, ok, warning } from "./Finding.ts"

/** Holds, leases and time-outs are judged by each process's own clock. */
const toleratedMillis = 2000

const migrationCheck = Effect.match(Migrations.status, {
  onFailure: ({ message }) => failed("migrations", message),
  onSuccess: (states) => {
    const pending = states.filter(({ appliedAtMillis }) => appliedAtMillis === null)
    return pending.length === 0
      ? ok("migrations", `${states.length} have run`)
      : warning("migrations", `${pending.length} to run: purser migrate, or the next start`)
  }
})

const placeCheck = Effect.match(Database.about, {
  onFailure: ({ message }) => failed("database", message),
  onSuccess: ({ dialect, isDurable, place, version }) =>
    isDurable
      ? ok("database", `${dialect} ${version}, ${place}`)
      : warning("database", `${dialect} ${version}, ${place}: told not to force commits to disk`)
})

const clockCheck = Effect.matchEffect(Database.about, {
  onFailure: ({ message }) => Effect.succeed(failed("clock", message)),
  onSuccess: ({ clockMillis }) =>
    Effect.map(Clock.currentTimeMillis, (nowMillis) => {
      const apartMillis = Math.abs(nowMillis - clockMillis)
      return apartMillis <= toleratedMillis
        ? ok("clock", "agrees with the database's")
        : warning("clock", `${Math.round(apartMillis / 1000)} s apart from the database's`)
    })
})

/** Looks at the database, and changes nothing in it. */
export const examineDatabase = (settings: Settings): Effect.Effect<ReadonlyArray<Finding>> =>
  Effect.all([placeCheck, migrationCheck, clockCheck]).pipe(
    Effect.provide(layerDatabase(settings)),
    Effect.catch((error) => Effect.succeed([failed("database", error.message)]))
  )
