/** Describes what crosses the control interface, as JSON. */
import * as Schema from "effect/Schema"
import { faultForm } from "../../../loopback/Faults.ts"

const EpicId = Schema.String.check(Schema.isPattern(/^[0-9a-f]{32}$/u))
const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

/** What dates can hold. */
const Millis = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 8_640_000_000_000_000 }))

const player = {
  name: Schema.String,
  isPrivate: Schema.Boolean,
  nullFrom: Schema.NullOr(Schema.Literals(["stats", "all", "overall", "kills"])),
  kills: Count,
  matches: Count,
  minutesPlayed: Count,
  lastModifiedMillis: Schema.NullOr(Millis)
}

/** Body of `POST /sandbox/set-player`. */
export const Account = Schema.Struct({
  epicId: EpicId,
  name: Schema.optionalKey(player.name),
  isPrivate: Schema.optionalKey(player.isPrivate),
  nullFrom: Schema.optionalKey(player.nullFrom),
  kills: Schema.optionalKey(player.kills),
  matches: Schema.optionalKey(player.matches),
  minutesPlayed: Schema.optionalKey(player.minutesPlayed),
  lastModifiedMillis: Schema.optionalKey(player.lastModifiedMillis)
})

/** Body of `POST /sandbox/remove-player`. */
export const Named = Schema.Struct({ epicId: EpicId })

/** Body of `POST /sandbox/play`. */
export const Play = Schema.Struct({
  epicId: EpicId,
  kills: Count,
  matches: Schema.optionalKey(Count),
  minutesPlayed: Schema.optionalKey(Count)
})

/** Body of `POST /sandbox/fail`. */
export const Failing = Schema.Struct({ faults: Schema.Array(faultForm()) })

/** Answer of `GET /sandbox`, and to every deed. */
export const Status = Schema.Struct({
  players: Schema.Array(Schema.Struct({ epicId: EpicId, ...player })),
  questions: Schema.Int,
  faults: Schema.Int
})
