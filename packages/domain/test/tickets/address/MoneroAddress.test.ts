import { assert, describe, it } from "@effect/vitest"
import { Id8, MoneroAddress } from "@purser/domain/tickets"
import * as Result from "effect/Result"
import { integratedAddress, primaryAddress, subaddress } from "../vectors.ts"

const id8 = Id8.make("0123456789abcdef")

const decoded = (text: string) => Result.getOrThrow(MoneroAddress.decode(text))

const why = (text: string) =>
  Result.match(MoneroAddress.decode(text), { onFailure: (error) => error.why, onSuccess: () => "none" })

describe("TK-14 Monero addresses", () => {
  it.each([
    ["primary", primaryAddress, undefined],
    ["integrated", integratedAddress, "0123456789abcdef"],
    ["subaddress", subaddress, undefined]
  ])("decodes a wallet's %s address", (kind, text, id) => {
    const address = decoded(text)
    assert.deepStrictEqual([address.kind, address.network, address.id8], [kind, "mainnet", id])
    assert.strictEqual(MoneroAddress.encode(address), text)
  })

  it("makes the wallet's integrated address", () => {
    assert.deepStrictEqual(MoneroAddress.integrated(primaryAddress, id8), Result.succeed(integratedAddress))
  })

  it("keeps both keys in integrated addresses", () => {
    const { spendKey, viewKey } = decoded(primaryAddress)
    assert.deepStrictEqual([decoded(integratedAddress).spendKey, decoded(integratedAddress).viewKey], [
      spendKey,
      viewKey
    ])
  })

  it.each(
    [
      ["mainnet", ["4", "4", "8"]],
      ["testnet", ["9A", "A", "B"]],
      ["stagenet", ["5", "5", "7"]]
    ] as const
  )("tells %s by its first letter", (network, letters) => {
    const keys = { ...decoded(primaryAddress), network }
    const texts = [
      MoneroAddress.encode({ ...keys, kind: "primary" }),
      MoneroAddress.encode({ ...keys, kind: "integrated", id8 }),
      MoneroAddress.encode({ ...keys, kind: "subaddress" })
    ]
    assert.deepStrictEqual(texts.map((text) => decoded(text).network), [network, network, network])
    for (const [index, text] of texts.entries()) assert.include(letters[index]!, text[0]!)
  })

  it.each([
    ["nothing", "", "length"],
    ["a foreign character", primaryAddress.replace("m", "0"), "characters"],
    ["one character less", primaryAddress.slice(0, -1), "overflow"],
    ["one character more", `${primaryAddress}1`, "length"],
    ["a block over its bytes", `zzzzzzzzzzz${primaryAddress.slice(11)}`, "overflow"],
    ["a space before it", ` ${primaryAddress}`, "characters"],
    ["a megabyte", "4".repeat(1_000_000), "length"],
    ["an address of another coin", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "length"]
  ])("refuses %s", (_, text, reason) => {
    assert.strictEqual(why(text), reason)
  })

  it("refuses every typing error of one character", () => {
    for (let place = 0; place < integratedAddress.length; place++) {
      const other = integratedAddress[place] === "5" ? "6" : "5"
      assert.notStrictEqual(why(integratedAddress.slice(0, place) + other + integratedAddress.slice(place + 1)), "none")
    }
  })

  it.each([["subaddress", subaddress], ["integrated", integratedAddress]])(
    "makes no integrated address of a %s one",
    (_, text) => {
      const refused = Result.flip(MoneroAddress.integrated(text, id8))
      assert.strictEqual(Result.getOrThrow(refused).why, "not_primary")
    }
  )
})

describe("TK-14 payment links", () => {
  const address = integratedAddress
  it.each([
    [{ address }, `monero:${address}`],
    [{ address, amountMinor: 20_000_000_000n }, `monero:${address}?tx_amount=0.02`],
    [{ address, amountMinor: 1n }, `monero:${address}?tx_amount=0.000000000001`],
    [{ address, amountMinor: 1_000_000_000_000n }, `monero:${address}?tx_amount=1`],
    [{ address, amountMinor: 9_007_199_254_740_993_000_001n }, `monero:${address}?tx_amount=9007199254.740993000001`],
    [
      { address, amountMinor: 10n ** 12n, recipientName: "A & B", description: "1 ticket?" },
      `monero:${address}?tx_amount=1&recipient_name=A%20%26%20B&tx_description=1%20ticket%3F`
    ]
  ])("prints the link %#", (parts, link) => {
    assert.strictEqual(MoneroAddress.paymentUri(parts), link)
  })
})
