/** Models the addresses that players want to be paid at. */
import * as Schema from "effect/Schema"
import { PlayerId } from "./Accrual.ts"

/** An address on the rail whose checksum was verified; opaque here: 1 to 100 printable characters without a space. */
export const PayeeAddress = Schema.String.check(Schema.isPattern(/^[\x21-\x7e]{1,100}$/u)).pipe(
  Schema.brand("PayeeAddress")
)
export type PayeeAddress = typeof PayeeAddress.Type

/** An address that a player gave, and from when on it is the one that is paid. */
export class WalletLink extends Schema.Class<WalletLink>("WalletLink")({
  playerId: PlayerId,
  address: PayeeAddress,
  linkedAtMillis: Schema.Int,
  effectiveAtMillis: Schema.Int
}) {}
