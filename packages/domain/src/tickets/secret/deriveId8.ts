/** Derives the id that a payment carries on chain from the secret that stays with the payer. */
import { utf8ToBytes } from "@noble/hashes/utils.js"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { MoneroNetwork } from "../address/index.ts"
import { Id8 } from "../Ticket.ts"
import { printHex } from "./bytes32.ts"
import { PaymentId } from "./PaymentId.ts"
import { Scrypt } from "./Scrypt.ts"

/** The wallet that the id is for: the same secret has another id at another operator. */
export interface Id8Scope {
  readonly network: MoneroNetwork
  readonly primaryAddress: string
}

const salt = ({ network, primaryAddress }: Id8Scope): Uint8Array =>
  utf8ToBytes(`purser/id8/v1\0${network}\0${primaryAddress}`)

/**
 * scrypt(PID, "purser/id8/v1" ‖ 0x00 ‖ network ‖ 0x00 ‖ primary address) to 8 bytes. None when they are all zero, which
 * means "no id" on chain: once in 2^64, draw another PID.
 */
export const deriveId8 = (pid: PaymentId, scope: Id8Scope): Effect.Effect<Option.Option<Id8>, never, Scrypt> =>
  Effect.map(
    Scrypt.use((scrypt) => scrypt.derive(PaymentId.toBytes(pid), salt(scope))),
    (bytes) => Schema.decodeOption(Id8)(printHex(bytes))
  )
