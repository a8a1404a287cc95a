/** Describes what crosses the control interface: JSON, amounts as decimal strings of raw. */
import * as Schema from "effect/Schema"
import { BlockHash } from "../../crypto/hash.ts"
import { Raw } from "../../node/Wire.ts"

/** Body of `POST /sandbox/fund`. */
export const Funding = Schema.Struct({ address: Schema.String, amountRaw: Raw })

/** Body of `POST /sandbox/roll-back`, and the answer to `/sandbox/fund`. */
export const Named = Schema.Struct({ hash: BlockHash })

/** Body of `POST /sandbox/confirm`; all blocks where none is named. */
export const Confirming = Schema.Struct({ hash: Schema.optionalKey(BlockHash) })

/** Body of `POST /sandbox/wipe`. */
export const Nothing = Schema.Struct({})

/** Body of `POST /sandbox/fail`. */
export const Fault = Schema.Struct({
  kind: Schema.Literals(["error500", "silence", "reset", "truncated", "refusal", "drop"]),
  answers: Schema.Int,
  isDone: Schema.Boolean,
  action: Schema.optionalKey(Schema.String),
  text: Schema.optionalKey(Schema.String)
})

/** Answer of `GET /sandbox`, and to everything but a funding. */
export const Status = Schema.Struct({
  blocks: Schema.Int,
  confirmed: Schema.Int,
  unchecked: Schema.Int,
  faults: Schema.Int
})
