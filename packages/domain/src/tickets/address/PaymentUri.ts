/** Prints the link that wallets open and that a QR code holds. */

/** What the link asks for. `amountMinor` is in piconero and more than 0; texts are shown to the payer by the wallet. */
export interface PaymentUriParts {
  readonly address: string
  readonly amountMinor?: bigint
  readonly recipientName?: string
  readonly description?: string
}

const piconeroDigits = 12

const printXmr = (minor: bigint): string => {
  const digits = String(minor).padStart(piconeroDigits + 1, "0")
  const fraction = digits.slice(-piconeroDigits).replace(/0+$/u, "")
  return digits.slice(0, -piconeroDigits) + (fraction === "" ? "" : `.${fraction}`)
}

/** Prints a `monero:` URI as Monero's own `make_uri` does: amounts in XMR, texts percent-encoded. */
export const paymentUri = ({ address, amountMinor, description, recipientName }: PaymentUriParts): string => {
  const parameters = Object.entries({
    tx_amount: amountMinor === undefined ? undefined : printXmr(amountMinor),
    recipient_name: recipientName,
    tx_description: description
  }).flatMap(([name, value]) => value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`])
  return `monero:${address}${parameters.length === 0 ? "" : `?${parameters.join("&")}`}`
}
