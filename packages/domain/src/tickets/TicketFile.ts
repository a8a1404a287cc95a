/** Makes tickets on the payer's side: a secret, the address it is paid to, and a file to keep both in. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { MoneroAddress } from "./address/index.ts"
import { deriveId8, PaymentId, type RandomBytes, type Scrypt } from "./secret/index.ts"
import { Id8 } from "./Ticket.ts"

/**
 * What the payer keeps; JSON of its fields is the ticket file. It holds the secret: whoever has it can redeem.
 * Read one back with `Schema.decodeUnknownResult(TicketFile)`.
 */
export class TicketFile extends Schema.Class<TicketFile>("TicketFile")({
  format: Schema.Literal("purser-ticket-1"),
  network: Schema.Literals(["mainnet", "testnet", "stagenet"]),
  /** The operator's address, from which everything else can be made again with the secret. */
  primary_address: Schema.String.check(Schema.isPattern(/^[1-9A-HJ-NP-Za-km-z]{95}$/u)),
  pid: Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/u)),
  payment_id: Id8,
  address: Schema.String.check(Schema.isPattern(/^[1-9A-HJ-NP-Za-km-z]{106}$/u)),
  uri: Schema.String.check(Schema.isPattern(/^monero:[1-9A-HJ-NP-Za-km-z]{106}(?:\?[\x21-\x7e]*)?$/u))
}) {}

/** What a ticket is made for. `amountMinor`, in piconero, is put into the link. */
export interface TicketOptions {
  readonly primaryAddress: string
  readonly amountMinor?: bigint
}

/** Makes the ticket of a secret that exists. None for the one secret in 2^64 whose id is all zero. */
export const ticketFileOf = Effect.fnUntraced(function*(pid: PaymentId, options: TicketOptions) {
  const { network } = yield* Effect.fromResult(MoneroAddress.decode(options.primaryAddress))
  const id8 = yield* deriveId8(pid, { network, primaryAddress: options.primaryAddress })
  return yield* Effect.fromResult(Option.match(id8, {
    onNone: () => Result.succeed(Option.none<TicketFile>()),
    onSome: (id8) =>
      Result.map(
        MoneroAddress.integrated(options.primaryAddress, id8),
        (address) => Option.some(assemble({ pid, id8, network, address, options }))
      )
  }))
})

const assemble = (parts: {
  readonly pid: PaymentId
  readonly id8: Id8
  readonly network: MoneroAddress.MoneroNetwork
  readonly address: string
  readonly options: TicketOptions
}): TicketFile =>
  new TicketFile({
    format: "purser-ticket-1",
    network: parts.network,
    primary_address: parts.options.primaryAddress,
    pid: PaymentId.toHex(parts.pid),
    payment_id: parts.id8,
    address: parts.address,
    uri: MoneroAddress.paymentUri({ ...parts.options, address: parts.address })
  })

/**
 * Draws a secret and makes its ticket; nothing is sent anywhere.
 *
 * @example
 * const ticket = await Effect.runPromise(newTicketFile({ primaryAddress }).pipe(
 *   Effect.provide([RandomBytes.layerWebCrypto(crypto), Scrypt.layerNoble])
 * ))
 */
export const newTicketFile = (
  options: TicketOptions
): Effect.Effect<TicketFile, MoneroAddress.AddressMalformed, RandomBytes | Scrypt> =>
  PaymentId.generate.pipe(
    Effect.flatMap((pid) => ticketFileOf(pid, options)),
    Effect.flatMap(Option.match({ onNone: () => newTicketFile(options), onSome: Effect.succeed }))
  )
