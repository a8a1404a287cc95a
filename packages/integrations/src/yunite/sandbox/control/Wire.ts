/** Describes what crosses the control interface, as JSON. */
import * as Schema from "effect/Schema"
import { DiscordId } from "../../../discord/DiscordId.ts"
import { faultForm } from "../../../loopback/Faults.ts"

/** Body of `POST /sandbox/join`, `/sandbox/leave` and `/sandbox/unlink`. */
export const Named = Schema.Struct({ userId: DiscordId })

/** What dates can hold. */
const Millis = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 8_640_000_000_000_000 }))

/** Body of `POST /sandbox/link`. */
export const Linking = Schema.Struct({
  userId: DiscordId,
  epicId: Schema.String,
  epicName: Schema.String,
  verifiedAtMillis: Schema.optionalKey(Millis)
})

/** Body of `POST /sandbox/fail`. */
export const Failing = Schema.Struct({ faults: Schema.Array(faultForm("omit", "contradict")) })

/** Answer of `GET /sandbox`, and to every deed. */
export const Status = Schema.Struct({
  guildId: DiscordId,
  players: Schema.Array(Schema.Struct({
    userId: DiscordId,
    isMember: Schema.Boolean,
    link: Schema.NullOr(
      Schema.Struct({ epicId: Schema.String, epicName: Schema.String, verifiedAtMillis: Schema.Int })
    )
  })),
  questions: Schema.Int,
  faults: Schema.Int
})
