/** Describes what crosses the control interface: JSON, amounts as decimal strings of piconero. */
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"

/** A whole number in decimal digits. */
const Digits = Schema.String.check(Schema.isPattern(/^\d{1,20}$/u)).pipe(
  Schema.decodeTo(Schema.BigInt, SchemaTransformation.transform({ decode: BigInt, encode: String }))
)

const output = { address: Schema.String, amountMinor: Digits }

/** Body of `POST /sandbox/pay`. */
export const Payment = Schema.Struct({
  ...output,
  further: Schema.optionalKey(Schema.Array(Schema.Struct(output))),
  unlockTime: Schema.optionalKey(Digits),
  isOwnChange: Schema.optionalKey(Schema.Boolean)
})

/** Body of `POST /sandbox/mine`. */
export const Mining = Schema.Struct({ blocks: Schema.Int, rewardMinor: Schema.optionalKey(Digits) })

/** Body of `POST /sandbox/reorganise`. */
export const Reorganising = Schema.Struct({ depth: Schema.Int, fate: Schema.Literals(["pool", "lost"]) })

/** Body of `POST /sandbox/resend` and `/sandbox/double-spend`, and the answer to `/sandbox/pay`. */
export const Named = Schema.Struct({ transactionId: Schema.String })

/** Body of `POST /sandbox/daemon`. */
export const Daemon = Schema.Struct({ state: Schema.Literals(["up", "down"]) })

/** Answer of `GET /sandbox`, and to everything but a payment. */
export const Status = Schema.Struct({
  network: Schema.Literal("stagenet"),
  primaryAddress: Schema.String,
  height: Schema.Int,
  walletHeight: Schema.Int,
  poolSize: Schema.Int,
  daemon: Schema.Literals(["up", "down"])
})
