/** Pays a ticket or an address with play money. */
import { Amount, Asset } from "@purser/domain/money"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { settings } from "../../settings/settings.ts"
import { explain } from "../../terminal/explain.ts"
import { print } from "../../terminal/output.ts"
import { amountMinorOf } from "../ticket/given.ts"
import { readTicketFile } from "../ticket/ticketFile.ts"
import { control } from "./control.ts"

const isAddress = (text: string): boolean => /^[1-9A-HJ-NP-Za-km-z]{95,106}$/u.test(text)

const addressOf = (target: string) =>
  isAddress(target) ? Effect.succeed(target) : Effect.map(readTicketFile(target), ({ address }) => address)

interface Input {
  readonly target: string
  readonly amount: Option.Option<string>
  readonly url: Option.Option<string>
  readonly json: boolean
}

/** What the command does. */
export const run = Effect.fnUntraced(function*({ amount, json, target, url }: Input) {
  const address = yield* addressOf(target)
  const given = yield* amountMinorOf(amount)
  const amountMinor = Option.isSome(given) ? given.value : (yield* settings).requiredMinor
  const chain = yield* control(url)
  const { transactionId } = yield* explain(chain.pay({ address, amountMinor }))
  yield* print(
    json,
    { transaction_id: transactionId, address, amount_minor: amountMinor },
    `paid ${Amount.print(amountMinor, Asset.XMR)} play XMR in ${transactionId}`
  )
})
