/** Opens secrets with the right key for the right user only. */
import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import { open, seal } from "../../src/secondFactor/sealed.ts"
import { sealingKey } from "../support/stage.ts"

const secret = new Uint8Array(20).fill(7)
const [first, second] = [sealingKey("first"), sealingKey("second")]
const text = seal(secret, "user", first)

const detail = (sealed: string, user: string, keys: Parameters<typeof open>[2]) =>
  Result.getOrThrow(Result.flip(open(sealed, user, keys))).detail

describe("RW-1 sealed secrets", () => {
  it("open with the key that they name, whichever is the first now", () => {
    assert.deepStrictEqual(new Uint8Array(Result.getOrThrow(open(text, "user", [second, first]))), secret)
  })
  it("are another text each time and do not show the secret", () => {
    assert.notStrictEqual(seal(secret, "user", first), text)
    assert.notInclude(text, Buffer.from(secret).toString("base64url"))
  })
  it("open for no other user and with no other key", () => {
    assert.strictEqual(detail(text, "other", [first]), "NotAuthentic")
    assert.strictEqual(detail(text, "user", [second]), "UnknownKey")
    assert.strictEqual(detail(text, "user", [{ ...second, id: "first" }]), "NotAuthentic")
  })
  it("do not open with any character changed", () => {
    for (let at = text.lastIndexOf("first") + 6; at < text.length - 1; at++) {
      if (text[at] === ":") continue
      const changed = text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1)
      // The last character of a part holds bits that stand for nothing.
      if (text[at + 1] === ":") continue
      assert.isTrue(Result.isFailure(open(changed, "user", [first])), String(at))
    }
    for (const other of ["", "xyz", text.slice(1), `${text}A`]) {
      assert.strictEqual(detail(other, "user", [first]), "Malformed")
    }
  })
})
