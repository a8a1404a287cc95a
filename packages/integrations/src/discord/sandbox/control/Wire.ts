/** Describes what crosses the control interface, as JSON. */
import * as Schema from "effect/Schema"
import { faultForm } from "../../../loopback/Faults.ts"
import { DiscordId } from "../../DiscordId.ts"

/** Body of `POST /sandbox/add-user`. */
export const User = Schema.Struct({
  id: DiscordId,
  username: Schema.String,
  globalName: Schema.NullOr(Schema.String)
})

/** Body of `POST /sandbox/join`. */
export const Joining = Schema.Struct({ userId: DiscordId, joinedAtMillis: Schema.optionalKey(Schema.Int) })

/** Body of `POST /sandbox/leave`. */
export const Leaving = Schema.Struct({ userId: DiscordId })

/** Body of `POST /sandbox/fail`. */
export const Failing = Schema.Struct({ faults: Schema.Array(faultForm()) })

/** Answer of `GET /sandbox`, and to every deed. */
export const Status = Schema.Struct({
  guildId: DiscordId,
  users: Schema.Array(Schema.Struct({ ...User.fields, isMember: Schema.Boolean })),
  grants: Schema.Int,
  faults: Schema.Int
})
