/** Makes a ticket: a secret that stays here, and the address that it is paid to. */
import { newTicketFile, RandomBytes, type TicketFile } from "@purser/domain/tickets"
import { layerScryptNode } from "@purser/runtime/scrypt"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { failed } from "../../terminal/CommandFailed.ts"
import { print } from "../../terminal/output.ts"
import { pairs } from "../../terminal/table.ts"
import { amountMinorOf } from "./given.ts"
import { writeTicketFile } from "./ticketFile.ts"

const shown = ({ address, payment_id, pid, uri }: TicketFile) => ({ pid, payment_id, address, uri })

const worded = (file: TicketFile, out: Option.Option<string>): string => {
  const kept = Option.match(out, {
    onNone: () => [["Secret", file.pid], ["Payment id", file.payment_id]] as const,
    onSome: (path) => [["Ticket file", `${path} (whoever has it can redeem: keep it)`]] as const
  })
  return pairs([...kept, ["Pay to", file.address], ["Link", file.uri]])
}

interface Input {
  readonly address: string
  readonly amount: Option.Option<string>
  readonly out: Option.Option<string>
  readonly json: boolean
}

/** What the command does. */
export const run = Effect.fnUntraced(function*({ address, amount, json, out }: Input) {
  const amountMinor = yield* amountMinorOf(amount)
  const options = Option.match(amountMinor, {
    onNone: () => ({ primaryAddress: address }),
    onSome: (minor) => ({ primaryAddress: address, amountMinor: minor })
  })
  const file = yield* newTicketFile(options).pipe(
    Effect.provide([RandomBytes.layerWebCrypto(crypto), layerScryptNode]),
    Effect.mapError(({ message }) => failed(`--address: ${message}`))
  )
  if (Option.isSome(out)) yield* writeTicketFile(out.value, file)
  yield* print(json, shown(file), worded(file, out))
})
