/** Declares what an operator decides about tickets. */
import * as Context from "effect/Context"
import type { ConfirmationPolicy } from "../payments/index.ts"
import type { MoneroNetwork } from "./address/index.ts"
import type { TokenFormat } from "./Ticket.ts"

/** An operator's decisions. Give it with `Layer.succeed(TicketSettings, { … })`. */
export class TicketSettings extends Context.Service<
  TicketSettings,
  ConfirmationPolicy & {
    readonly network: MoneroNetwork
    /** The wallet's primary address: every ticket's address is made from it. */
    readonly primaryAddress: string
    /** The least that a ticket must have been credited to be claimed, in piconero. */
    readonly requiredMinor: bigint
    /** How many derivations may run at once for requests that bring a known id. */
    readonly scryptWithIdConcurrency: number
    /** How many may run at once for requests without an id. */
    readonly scryptWithoutIdConcurrency: number
    /** How many requests may wait in each of the two pools; the next is refused with `RedeemBusy`. */
    readonly scryptQueue: number
    /** Format of new tokens, 2 unless older clients need 1. */
    readonly tokenFormat?: TokenFormat
  }
>()("@purser/domain/tickets/TicketSettings") {}
