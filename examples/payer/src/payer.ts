/** Makes a ticket on the payer's side, as a payment page would. */
import { newTicketFile, RandomBytes, Scrypt } from "@purser/domain/tickets"
import * as Effect from "effect/Effect"

const primaryAddress = "49mmJ3sD7qXBzxBNtxhAGgRXd2HUAmwUDdMUe1GM7bHeewKBpFepmfWfXQrhU2M5UETEYTp8gLVFNL5Mj5PbiJnCVn63wBw"

/** Answers the link that a wallet opens. */
export const link: Effect.Effect<string, Error> = newTicketFile({ primaryAddress, amountMinor: 10_000_000_000n }).pipe(
  Effect.map((ticket) => ticket.uri),
  Effect.provide([RandomBytes.layerWebCrypto(crypto), Scrypt.layerNoble])
)
