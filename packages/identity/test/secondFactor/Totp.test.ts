/** Compares codes with the vectors of the standard and with another implementation. */
import { assert, describe, it } from "@effect/vitest"
import { Secret, TOTP, URI } from "otpauth"
import { base32, stepOf, stepOfCode, totpUri } from "../../src/secondFactor/Totp.ts"

const ascii = (text: string) => new Uint8Array(Buffer.from(text, "ascii"))
const standard = ascii("12345678901234567890")

/** RFC 6238, appendix B, SHA-1: the last six of eight digits. */
const vectors: ReadonlyArray<readonly [seconds: number, code: string]> = [
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"]
]

const secretOf = (seed: number) => new Uint8Array(20).map((_, at) => (seed * 31 + at * 7 + 3) % 256)

const theirs = (secret: Uint8Array) => new TOTP({ secret: new Secret({ buffer: new Uint8Array(secret).buffer }) })

describe("RW-1 codes of second factors", () => {
  for (const [seconds, code] of vectors) {
    it(`are those of the standard at ${seconds} s`, () => {
      assert.strictEqual(stepOfCode(standard, code, seconds * 1000), Math.floor(seconds / 30))
    })
  }
  it("are those of another implementation, for a step before and after as well", () => {
    for (let seed = 0; seed < 200; seed++) {
      const secret = secretOf(seed)
      const timestamp = 1_700_000_000_000 + seed * 7_919_000
      for (const distance of [-1, 0, 1]) {
        const code = theirs(secret).generate({ timestamp: timestamp + distance * 30_000 })
        assert.strictEqual(stepOfCode(secret, code, timestamp), stepOf(timestamp) + distance)
      }
    }
  })
  it("are nothing two steps away", () => {
    const secret = secretOf(1)
    for (const distance of [-3, -2, 2, 3]) {
      const code = theirs(secret).generate({ timestamp: 1_700_000_000_000 + distance * 30_000 })
      assert.isUndefined(stepOfCode(secret, code, 1_700_000_000_000))
    }
  })
  it("may have spaces, and are six digits otherwise", () => {
    const [seconds, code] = vectors[0]!
    const at = seconds * 1000
    assert.strictEqual(stepOfCode(standard, ` ${code.slice(0, 3)} ${code.slice(3)} `, at), 1)
    for (const other of ["", "28708", `${code}0`, "28708a", "２８７０８２", `${code}\n`, "000000"]) {
      assert.isUndefined(stepOfCode(standard, other, at), other)
    }
  })
  it("are made from addresses that apps can read", () => {
    const secret = secretOf(5)
    const read = URI.parse(totpUri(secret, { issuer: "Purser & Co: tests", account: "Ada Ü/:?" }))
    assert.instanceOf(read, TOTP)
    assert.deepInclude(
      { ...read, secret: read.secret.base32, period: (read as TOTP).period },
      { secret: base32(secret), algorithm: "SHA1", digits: 6, period: 30, issuer: "Purser & Co: tests" }
    )
  })
  it("rest on secrets in base32 as others write it", () => {
    for (let seed = 0; seed < 50; seed++) {
      const secret = secretOf(seed)
      assert.strictEqual(base32(secret), new Secret({ buffer: new Uint8Array(secret).buffer }).base32)
    }
  })
})
