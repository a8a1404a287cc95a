/** Holds the cryptography against published vectors: Nano's documentation, and the tests of bananojs (MIT). */
import { assert, describe, it } from "@effect/vitest"
import {
  addressOf,
  type BananoAddress,
  type BlockHash,
  burnAddress,
  hashOf,
  isAuthentic,
  isWorkEnough,
  parseAddress,
  publicKeyOf,
  rootOf,
  type SeedReason,
  type Signature,
  signBlock,
  signerOf,
  type StateBlock,
  unopened,
  type Work,
  workThreshold,
  workValue
} from "@purser/integrations/banano"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { isSignedBy, publicKeyFrom, signHash } from "../../../src/banano/crypto/ed25519.ts"
import { privateKeyOf } from "../../../src/banano/crypto/Signer.ts"

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, "hex"))

const block: StateBlock = {
  account: "ban_1qato4k7z3spc8gq1zyd8xeqfbzsoxwo36a45ozbrxcatut7up8ohyardu1z" as BananoAddress,
  previous: "6CDDA48608C7843A0AC1122BDD46D9E20E21190986B19EAC23E7F33F2E6A6766" as BlockHash,
  representative: "ban_3pczxuorp48td8645bs3m6c3xotxd3idskrenmi65rbrga5zmkemzhwkaznh" as BananoAddress,
  balanceRaw: 40200000001000000000000000000000000n,
  link: "87434F8041869A01C8F6F263B87972D7BA443A72E0A97D7A3FD0CCC2358FD6F9" as BlockHash
}
const hash = "E2FB233EF4554077A7BF1AA85851D5BF0B36965D2B0FB504B2BC778AB89917D3" as BlockHash
const signature =
  "B874254F04647279D01FF89987EE79CC3F5D5A65C885B2BA88BC0A3C34C7E7C31203E8D8E04AF3892758AE5CC743A6FD1A37B93A96F690CA53B7BE3195A0740A" as Signature
const work = "2b3d689bbcb21dca" as Work
const workRoot = "718CC2121C3E641059BC1C2CFC45666C99E8AE922F7A807B7D07B62C995D79E2" as BlockHash

describe("RW-12 keys of Banano", () => {
  it.each([
    {
      seed: "0".repeat(64),
      index: 0,
      key: "9F0E444C69F77A49BD0BE89DB92C38FE713E0963165CCA12FAF5712D7657120F",
      address: "ban_3i1aq1cchnmbn9x5rsbap8b15akfh7wj7pwskuzi7ahz8oq6cobd99d4r3b7"
    }
  ])("come from seed and index", ({ address, index, key, seed }) => {
    const privateKey = Result.getOrThrow(privateKeyOf(Redacted.make(seed), index))
    assert.strictEqual(Buffer.from(Redacted.value(privateKey)).toString("hex").toUpperCase(), key)
    assert.strictEqual(Result.getOrThrow(signerOf(Redacted.make(seed), index)).address, address)
  })

  it("have the address that the seed is known for", () => {
    const seed = "F975E272ECAF243CB30D3DAB4473F14A482A255A46AE140B1F96F5A1F32F3D51"
    const address = "ban_1bad1ppzmj146pdxgbmph3wmeg15t8zk1yfwbozysoxtti3xqa15qufta5tq"
    assert.strictEqual(Result.getOrThrow(signerOf(Redacted.make(seed))).address, address)
    assert.strictEqual(Result.getOrThrow(signerOf(Redacted.make(seed.toLowerCase()), 0)).address, address)
  })

  it.each([
    { secret: "0".repeat(64), key: "19D3D919475DEED4696B5D13018151D1AF88B2BD3BCFF048B45031C1F36D1858" }
  ])("make the public key $key", ({ key, secret }) => {
    assert.strictEqual(publicKeyFrom(bytes(secret)), key)
  })

  it.each<{ readonly seed: string; readonly index: number; readonly reason: SeedReason }>([
    { seed: "0".repeat(63), index: 0, reason: "Seed" },
    { seed: "g".repeat(64), index: 0, reason: "Seed" },
    { seed: "", index: 0, reason: "Seed" },
    { seed: "a".repeat(64), index: -1, reason: "Index" },
    { seed: "a".repeat(64), index: 0.5, reason: "Index" },
    { seed: "a".repeat(64), index: 2 ** 32, reason: "Index" }
  ])("are not made from a bad $reason", ({ index, reason, seed }) => {
    const refused = Result.getOrThrow(Result.flip(signerOf(Redacted.make(seed), index)))
    assert.deepInclude(refused, { _tag: "SeedRefused", reason })
    assert.notInclude(refused.message, seed === "" ? "\0" : seed)
  })

  it("stay secret when a signer is printed", () => {
    const secret = "C0FFEE".padStart(64, "0")
    const signer = Result.getOrThrow(signerOf(Redacted.make(secret)))
    const key = Redacted.value(Result.getOrThrow(privateKeyOf(Redacted.make(secret), 0)))
    const printed = `${JSON.stringify(signer)} ${String(signer)} ${Object.values(signer).join(" ")}`
    assert.include(printed, signer.address)
    assert.notInclude(printed.toUpperCase(), Buffer.from(key).toString("hex").toUpperCase())
    assert.notInclude(printed, [...key].join(","))
  })
})

describe("RW-12 addresses of Banano", () => {
  it.each([
    {
      key: "3068BB1CA04525BB0E416C485FE6A67FD52540227D267CC8B6E8DA958A7FA039",
      address: "ban_1e5aqegc1jb7qe964u4adzmcezyo6o146zb8hm6dft8tkp79za3sxwjym5rx"
    },
    { key: "0".repeat(64), address: "ban_1111111111111111111111111111111111111111111111111111hifc8npp" },
    { key: "5D1AA8A45F8736519D707FCB375976A7F9AF795091021D7E9C7548D6F45DD8D5", address: block.account }
  ])("are $address", ({ address, key }) => {
    assert.strictEqual(addressOf(key as BlockHash), address)
    assert.strictEqual(publicKeyOf(Result.getOrThrow(parseAddress(address))), key)
  })

  it("include the one that burns", () => {
    assert.isTrue(Result.isSuccess(parseAddress(burnAddress)))
  })
})

describe("RW-12 state blocks of Banano", () => {
  it("hash to the published value", () => {
    assert.strictEqual(hashOf(block), hash)
    assert.strictEqual(rootOf(block), block.previous)
    const first = { ...block, previous: unopened(block.account, block.account).frontier }
    assert.strictEqual(rootOf(first), publicKeyOf(block.account))
  })

  it("are signed to the published value", () => {
    assert.strictEqual(signHash(hash, bytes("1".repeat(64))), signature)
    assert.isTrue(isSignedBy(publicKeyFrom(bytes("1".repeat(64))), hash, signature))
  })

  it("are signed by their own account only", () => {
    const signer = Result.getOrThrow(signerOf(Redacted.make("0".repeat(64))))
    const own = { ...block, account: signer.address }
    const signed = signBlock(own, signer, work)!
    assert.deepInclude(signed, { ...own, hash: hashOf(own), work })
    assert.isUndefined(signBlock(block, signer, work))
    assert.isTrue(isAuthentic(signed))
    assert.isFalse(isAuthentic({ ...signed, balanceRaw: block.balanceRaw + 1n }))
    assert.isFalse(isAuthentic({ ...signed, account: block.account, hash: hashOf(block) }))
    assert.isFalse(isAuthentic({ ...signed, signature }))
  })

  it("have no signer where the key is no point", () => {
    assert.isFalse(isSignedBy("F".repeat(64) as BlockHash, hash, signature))
  })
})

describe("RW-12 work of Banano", () => {
  it("has the published value", () => {
    assert.strictEqual(workValue(workRoot, work), 0xffff_fff9_3c41_ec94n)
    assert.isTrue(isWorkEnough(workRoot, work))
    assert.isTrue(isWorkEnough(workRoot, work, 0xffff_fff9_3c41_ec94n))
    assert.isFalse(isWorkEnough(workRoot, work, 0xffff_fff9_3c41_ec95n))
    assert.strictEqual(workThreshold, 0xffff_fe00_0000_0000n)
  })

  it.each([
    ["000D1BAEC8EC208142C99059B393051BAC8380F9B5A2E6B2489A277D81789F3F", "fd7b280000000000"],
    ["2FA4DAA890EABA6A27415D70EEFF265B0744830421C406798C9B1E8B8E46258B", "a6b7f60000000000"],
    ["E2D8BD730E1512568378EC61A2367431F8AC35E66C46508CD0F9F3BCD94DE29B", "0000000000000000"]
  ])("for %s is %s", (root, nonce) => {
    assert.isTrue(isWorkEnough(root as BlockHash, nonce as Work))
    assert.isFalse(isWorkEnough(hash, nonce as Work))
  })
})
