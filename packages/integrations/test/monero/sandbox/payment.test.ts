/** Tables of what can be paid to the sandbox, and what not. */
import { assert, describe, it } from "@effect/vitest"
import { type Id8, MoneroAddress } from "@purser/domain/tickets"
import type { SandboxPayment } from "@purser/integrations/monero/sandbox"
import * as Result from "effect/Result"
import { addresses, payeeOf, primaryAddress, subaddresses } from "../../../src/monero/sandbox/chain/addresses.ts"
import { rewardOf, transactionOf } from "../../../src/monero/sandbox/chain/payment.ts"

const origin = { transactionId: "ab".repeat(32), madeUpPaymentId: "dad52f9fa288ecf0", atMillis: 5 }
const integrated = (id: string) => Result.getOrThrow(MoneroAddress.integrated(primaryAddress, id as Id8))
const id = "0123456789abcdef"
const none = "0".repeat(16)
const most = 18_446_744_073_709_551_615n

/** Addresses of other wallets and networks. */
const foreign = {
  mainnet: "49mmJ3sD7qXBzxBNtxhAGgRXd2HUAmwUDdMUe1GM7bHeewKBpFepmfWfXQrhU2M5UETEYTp8gLVFNL5Mj5PbiJnCVn63wBw",
  stagenet: (kind: MoneroAddress.AddressKind) =>
    MoneroAddress.encode({
      ...Result.getOrThrow(MoneroAddress.decode(foreign.mainnet)),
      network: "stagenet",
      kind,
      ...(kind === "integrated" ? { id8: id } : {})
    }),
  halfOwn: MoneroAddress.encode({
    ...Result.getOrThrow(MoneroAddress.decode(integrated(id))),
    viewKey: new Uint8Array(32)
  }),
  testnet: MoneroAddress.encode({ ...Result.getOrThrow(MoneroAddress.decode(primaryAddress)), network: "testnet" })
}

const made = (payment: SandboxPayment) => Result.getOrThrow(transactionOf(payment, origin))

describe("TK-15 payments to the sandbox", () => {
  it("has addresses of stagenet, the primary one first", () => {
    const decoded = addresses.map((address) => Result.getOrThrow(MoneroAddress.decode(address)))
    assert.deepStrictEqual(decoded.map(({ kind }) => kind), [
      "primary",
      ...Array.from({ length: 4 }, () => "subaddress")
    ])
    assert.isTrue(decoded.every(({ network }) => network === "stagenet"))
  })

  it.each([
    ["the primary address", primaryAddress, { subaddress: 0, paymentId: null }],
    ["an integrated address", integrated(id), { subaddress: 0, paymentId: id }],
    ["an id of zeros", integrated(none), { subaddress: 0, paymentId: none }],
    ["a subaddress", subaddresses[2]!, { subaddress: 3, paymentId: null }]
  ])("pays %s", (_what, address, payee) => {
    assert.deepStrictEqual(Result.getOrThrow(payeeOf(address)), payee)
  })

  it.each([
    ["nothing", "", "address_malformed"],
    ["a typing error", primaryAddress.replace("5", "6"), "address_malformed"],
    ["a wallet with real money", foreign.mainnet, "address_network"],
    ["testnet", foreign.testnet, "address_network"],
    ["another wallet", foreign.stagenet("primary"), "address_foreign"],
    ["another wallet with an id", foreign.stagenet("integrated"), "address_foreign"],
    ["a wallet of the same spend key only", foreign.halfOwn, "address_foreign"],
    ["another wallet's subaddress", foreign.stagenet("subaddress"), "address_foreign"]
  ])("refuses to pay %s", (_what, address, code) => {
    const refused = transactionOf({ address, amountMinor: 1n }, origin)
    assert.strictEqual(Result.isFailure(refused) ? refused.failure.code : "none", code)
  })

  it("makes a transaction of a payment", () => {
    assert.deepStrictEqual(made({ address: integrated(id), amountMinor: most, unlockTime: most }), {
      id: origin.transactionId,
      paymentId: id,
      outputs: [{ subaddress: 0, amountMinor: most }],
      unlockTime: most,
      isReward: false,
      sentAtMillis: 5
    })
  })

  it.each<readonly [string, Partial<SandboxPayment>, string]>([
    ["none", {}, none],
    ["a made-up one for own change", { isOwnChange: true }, origin.madeUpPaymentId],
    ["its own for own change to an id", { address: integrated(id), isOwnChange: true }, id],
    ["that of one output", { further: [{ address: integrated(id), amountMinor: 1n }] }, id],
    [
      "that of both outputs",
      { address: integrated(id), further: [{ address: integrated(id), amountMinor: 1n }] },
      id
    ],
    ["none with subaddresses", { further: [{ address: subaddresses[0]!, amountMinor: 1n }] }, none]
  ])("gives it an id: %s", (_what, change, paymentId) => {
    assert.strictEqual(made({ address: primaryAddress, amountMinor: 1n, ...change }).paymentId, paymentId)
  })

  it.each<readonly [string, string, Partial<SandboxPayment>]>([
    ["no money", "amount", { amountMinor: 0n }],
    ["negative money", "amount", { amountMinor: -1n }],
    ["more money than there is", "amount", { amountMinor: most + 1n }],
    ["more money than there is in two parts", "amount", {
      amountMinor: most,
      further: [{ address: primaryAddress, amountMinor: 1n }]
    }],
    ["a negative lock", "unlock_time", { unlockTime: -1n }],
    ["too long a lock", "unlock_time", { unlockTime: most + 1n }],
    ["two ids", "several_payment_ids", {
      address: integrated(id),
      further: [{ address: integrated("1123456789abcdef"), amountMinor: 1n }]
    }],
    ["an id and a subaddress", "payment_id_with_subaddress", {
      address: integrated(id),
      further: [{ address: subaddresses[0]!, amountMinor: 1n }]
    }]
  ])("refuses %s as %s", (_what, code, change) => {
    const refused = transactionOf({ address: primaryAddress, amountMinor: 1n, ...change }, origin)
    assert.strictEqual(Result.isFailure(refused) ? refused.failure.code : "none", code)
  })

  it("locks a reward for 60 blocks", () => {
    assert.deepInclude(rewardOf(7n, 100, origin), {
      isReward: true,
      paymentId: none,
      unlockTime: 160n,
      outputs: [{ subaddress: 0, amountMinor: 7n }]
    })
  })
})
