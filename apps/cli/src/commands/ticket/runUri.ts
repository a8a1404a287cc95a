/** Prints the payment link of a ticket. */
import { MoneroAddress } from "@purser/domain/tickets"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { print } from "../../terminal/output.ts"
import { amountMinorOf } from "./given.ts"
import { readTicketFile } from "./ticketFile.ts"

interface Input {
  readonly file: string
  readonly amount: Option.Option<string>
  readonly json: boolean
}

/** What the command does. */
export const run = Effect.fnUntraced(function*({ amount, file, json }: Input) {
  const { address, uri } = yield* readTicketFile(file)
  const link = Option.match(yield* amountMinorOf(amount), {
    onNone: () => uri,
    onSome: (amountMinor) => MoneroAddress.paymentUri({ address, amountMinor })
  })
  yield* print(json, { uri: link }, link)
})
