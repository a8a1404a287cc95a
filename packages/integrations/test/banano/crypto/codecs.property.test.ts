/** Proves that addresses and amounts lose nothing on their way to text and back, and that typos are caught. */
import { assert, describe, it } from "@effect/vitest"
import {
  addressOf,
  type AddressReason,
  type AmountReason,
  BlockHash,
  isAuthentic,
  minorOfRaw,
  parseAddress,
  parseBan,
  printBan,
  publicKeyOf,
  rawMost,
  rawOfMinor,
  rawPerBan,
  receiveBlock,
  sendBlock,
  signBlock,
  signerOf,
  type Work
} from "@purser/integrations/banano"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

const Raw = Schema.BigInt.check(Schema.isBetweenBigInt({ minimum: 0n, maximum: rawMost }))
const Place = Schema.Int.check(Schema.isBetween({ minimum: 4, maximum: 63 }))
const letters = "13456789abcdefghijkmnopqrstuwxyz"
const good = "ban_1e5aqegc1jb7qe964u4adzmcezyo6o146zb8hm6dft8tkp79za3sxwjym5rx"

const reasonOf = (text: string) => Result.getOrThrow(Result.flip(parseAddress(text))).reason

describe("RW-12 texts of addresses", () => {
  it.prop("read back as the key they were made of", { key: BlockHash }, ({ key }) => {
    const address = addressOf(key)
    assert.match(address, /^ban_[13][13456789a-km-uw-z]{59}$/u)
    assert.strictEqual(publicKeyOf(Result.getOrThrow(parseAddress(address))), key)
  })

  it.prop("are refused with any one letter wrong", { key: BlockHash, place: Place }, ({ key, place }) => {
    const address = addressOf(key)
    const next = letters[(letters.indexOf(address[place]!) + 1) % letters.length]!
    assert.isTrue(Result.isFailure(parseAddress(`${address.slice(0, place)}${next}${address.slice(place + 1)}`)))
  })

  it.each<[what: string, text: string, reason: AddressReason]>([
    ["nothing", "", "Prefix"],
    ["one of Nano", good.replace("ban_", "nano_"), "Prefix"],
    ["one of an older Nano", good.replace("ban_", "xrb_"), "Prefix"],
    ["a space before it", ` ${good}`, "Prefix"],
    ["a line end behind it", `${good}\n`, "Length"],
    ["a letter too few", good.slice(0, -1), "Length"],
    ["a letter too many", `${good}1`, "Length"],
    ["a capital letter", good.replace("q", "Q"), "Case"],
    ["capital letters only", good.toUpperCase(), "Case"],
    ["a letter that is none of the 32", good.replace("q", "l"), "Letter"],
    ["the digit 0", good.replace("q", "0"), "Letter"],
    ["more than 256 bits", good.replace("ban_1", "ban_4"), "Key"],
    ["another key", good.replace("ban_1", "ban_3"), "Checksum"],
    ["two letters that changed places", good.replace("aq", "qa"), "Checksum"],
    ["another checksum", `${good.slice(0, -1)}1`, "Checksum"]
  ])("refuse %s", (_what, text, reason) => {
    assert.strictEqual(reasonOf(text), reason)
  })
})

describe("RW-12 texts of amounts", () => {
  it.prop("read back as the raw they were printed from", { amountRaw: Raw }, ({ amountRaw }) => {
    assert.strictEqual(Result.getOrThrow(parseBan(printBan(amountRaw))), amountRaw)
  })

  it.prop("never grow on their way through a ledger", { amountRaw: Raw }, ({ amountRaw }) => {
    const kept = rawOfMinor(minorOfRaw(amountRaw))
    assert.isTrue(kept <= amountRaw && amountRaw - kept < 10n ** 21n)
    assert.strictEqual(minorOfRaw(kept), minorOfRaw(amountRaw))
  })

  it.each([
    ["0", 0n],
    ["1", rawPerBan],
    ["2.1", 21n * 10n ** 28n],
    ["0.01", 10n ** 27n],
    ["2.10", 21n * 10n ** 28n],
    ["007", 7n * rawPerBan],
    ["0.00000000000000000000000000001", 1n],
    ["0.000000000000000000000000000010", 1n],
    ["3402823669.20938463463374607431768211455", rawMost]
  ])("%s is exact", (text, amountRaw) => {
    assert.strictEqual(Result.getOrThrow(parseBan(text)), amountRaw)
  })

  it("print no digit that does not count", () => {
    assert.deepStrictEqual([0n, 1n, 21n * 10n ** 28n, rawMost].map(printBan), [
      "0",
      "0.00000000000000000000000000001",
      "2.1",
      "3402823669.20938463463374607431768211455"
    ])
    assert.strictEqual(rawOfMinor(210_000_000n), 21n * 10n ** 28n)
  })

  it.each<[text: string, reason: AmountReason]>([
    ["", "NotDecimal"],
    ["-1", "NotDecimal"],
    ["+1", "NotDecimal"],
    ["1e3", "NotDecimal"],
    ["1.", "NotDecimal"],
    [".5", "NotDecimal"],
    ["1,5", "NotDecimal"],
    [" 1", "NotDecimal"],
    ["1\n", "NotDecimal"],
    ["0x10", "NotDecimal"],
    ["NaN", "NotDecimal"],
    ["0.000000000000000000000000000001", "TooPrecise"],
    ["3402823669.20938463463374607431768211456", "TooLarge"],
    ["9".repeat(40), "TooLarge"]
  ])("refuse %j", (text, reason) => {
    assert.strictEqual(Result.getOrThrow(Result.flip(parseBan(text))).reason, reason)
  })
})

describe("RW-12 blocks that are built", () => {
  const signer = Result.getOrThrow(signerOf(Redacted.make("ab".repeat(32)), 7))
  const work = "0000000000000001" as Work

  it.prop("keep what they move and who signed", { balanceRaw: Raw, amountRaw: Raw, key: BlockHash }, (given) => {
    const { amountRaw, balanceRaw, key } = given
    const from = { account: signer.address, frontier: key, representative: signer.address, balanceRaw }
    const sent = sendBlock(from, addressOf(key), amountRaw)
    if (amountRaw === 0n || amountRaw > balanceRaw) return assert.isUndefined(sent)
    assert.deepInclude(sent, { balanceRaw: balanceRaw - amountRaw, link: key, previous: key })
    const back = receiveBlock({ ...from, balanceRaw: sent!.balanceRaw }, { hash: key, amountRaw })
    assert.deepInclude(back, { balanceRaw, link: key })
    assert.isTrue(isAuthentic(signBlock(sent!, signer, work)!))
  })

  it("are none for no money, or more than there is", () => {
    const from = { account: signer.address, frontier: signer.publicKey, representative: signer.address, balanceRaw: 5n }
    assert.isUndefined(sendBlock(from, signer.address, 0n))
    assert.isUndefined(sendBlock(from, signer.address, -1n))
    assert.isUndefined(sendBlock(from, signer.address, 6n))
    assert.strictEqual(sendBlock(from, signer.address, 5n)?.balanceRaw, 0n)
  })
})
