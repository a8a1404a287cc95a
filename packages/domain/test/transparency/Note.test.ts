import { assert, describe, it } from "@effect/vitest"
import {
  makeSigningKey,
  type Note,
  parseNote,
  parseVerifierKey,
  printNote,
  printVerifierKey,
  signNote,
  type VerifierKey,
  verifyNote
} from "@purser/domain/transparency"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { createPublicKey, verify } from "node:crypto"
import { keyOf, origin } from "./signers.ts"

/** The example of c2sp.org/signed-note's Go implementation. */
const specKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
const specNote = "This is an example message.\n\n— example.com/foo " +
  "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"

const key = (text: string): VerifierKey => Result.getOrThrow(parseVerifierKey(text))
const note = (written: string): Note => Result.getOrThrow(parseNote(written))
const reasonOf = (result: Result.Result<unknown, { readonly reason: string }>) =>
  Result.isFailure(result) ? result.failure.reason : "holds"
const reasonFor = (written: string, known: ReadonlyArray<VerifierKey>) => reasonOf(verifyNote(note(written), known))

const old = keyOf(origin, 1)
const now = keyOf(origin, 2)
const text = "A text\n\nof two parts.\n"
const unsigned = { text, signatures: [] }

const seed = (length: number) => Redacted.make(new Uint8Array(length))

describe("LG-9 a signed note", () => {
  it("that others signed is good", () => {
    assert.strictEqual(reasonFor(specNote, [key(specKey)]), "holds")
    assert.strictEqual(printNote(note(specNote)), specNote)
  })

  it("is text, an empty line and signatures", () => {
    const signed = signNote(unsigned, [old])
    assert.match(
      printNote(signed),
      /^A text\n\nof two parts\.\n\n— purser\.example\/books\/main zm5C\+[A-Za-z0-9+/]+=*\n$/u
    )
    assert.deepStrictEqual(note(printNote(signed)), signed)
  })

  it("is signed once by each key", () => {
    const once = signNote(unsigned, [old])
    const both = signNote(once, [old, now])
    assert.deepStrictEqual(both.signatures.map(({ keyId }) => keyId), [old.verifier.keyId, now.verifier.keyId])
    assert.deepStrictEqual(both.signatures[0], once.signatures[0])
  })

  it("is good for whoever knows one of its keys, old or new", () => {
    const both = printNote(signNote(unsigned, [old, now]))
    assert.strictEqual(reasonFor(both, [old.verifier]), "holds")
    assert.strictEqual(reasonFor(both, [now.verifier]), "holds")
    assert.deepStrictEqual(Result.getOrThrow(verifyNote(note(both), [now.verifier, old.verifier])), [
      old.verifier,
      now.verifier
    ])
  })

  it("is refused when nobody known signed it", () => {
    const both = printNote(signNote(unsigned, [old, now]))
    assert.strictEqual(reasonFor(both, [keyOf(origin, 3).verifier]), "NotSignedByKnownKey")
    assert.strictEqual(reasonFor(both, [keyOf("other.example", 1).verifier]), "NotSignedByKnownKey")
    assert.strictEqual(reasonFor(both, []), "NotSignedByKnownKey")
    const renamed = printNote(signNote(unsigned, [old])).replace(origin, "purser.example/other")
    assert.strictEqual(reasonFor(renamed, [old.verifier]), "NotSignedByKnownKey")
    assert.strictEqual(reasonOf(verifyNote(unsigned, [old.verifier])), "NotSignedByKnownKey")
  })

  it("is refused when a known key did not sign this", () => {
    const both = printNote(signNote(unsigned, [old, now]))
    assert.strictEqual(reasonFor(both.replace("two", "ten"), [now.verifier]), "SignatureInvalid")
    const forged = signNote(unsigned, [old, now])
    const swapped = {
      text,
      signatures: [forged.signatures[0]!, { ...forged.signatures[1]!, signature: new Uint8Array(64) }]
    }
    assert.strictEqual(reasonOf(verifyNote(swapped, [old.verifier, now.verifier])), "SignatureInvalid")
    const short = { text, signatures: [{ ...forged.signatures[0]!, signature: new Uint8Array(3) }] }
    assert.strictEqual(reasonOf(verifyNote(short, [old.verifier])), "SignatureInvalid")
  })

  it.each([
    "",
    "text\n",
    "text\n\n",
    "text\n\n— name AAAAAAA=",
    "text\n\n— name AAAAAAA=\n\n",
    "text\n\n- name AAAAAAA=\n",
    "text\n\n— name AAAA\n",
    "text\n\n— name AAAAAA=\n",
    "text\n\n— na+me AAAAAAA=\n",
    "text\n\n— AAAAAAA=\n",
    "text\n\n— name AAAAAAA= more\n",
    "te\txt\n\n— name AAAAAAA=\n",
    "te\uD800xt\n\n— name AAAAAAA=\n",
    `text\n\n${"— name AAAAAAA=\n".repeat(65)}`
  ])("is not %j", (written) => {
    assert.strictEqual(reasonOf(parseNote(written)), "TextIsNoNote")
  })

  it("is good for the crypto of Node too", () => {
    const { signature } = signNote(unsigned, [old]).signatures[0]!
    const prefix = Buffer.from("302a300506032b6570032100", "hex")
    const der = Buffer.concat([prefix, old.verifier.publicKey])
    assert.isTrue(
      verify(null, Buffer.from(text), createPublicKey({ key: der, format: "der", type: "spki" }), signature)
    )
  })
})

describe("LG-9 a verifier key", () => {
  it("reads back as it was printed", () => {
    assert.strictEqual(printVerifierKey(key(specKey)), specKey)
    assert.strictEqual(
      printVerifierKey(old.verifier),
      "purser.example/books/main+ce6e42fa+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"
    )
    assert.deepStrictEqual(key(`${printVerifierKey(now.verifier)}\n`), now.verifier)
  })

  it.each(
    [
      ["TextIsNoKey", ""],
      ["TextIsNoKey", "name"],
      ["TextIsNoKey", "name+530d903a"],
      ["TextIsNoKey", specKey.replace("530d903a", "530D903A")],
      ["TextIsNoKey", specKey.slice(0, -1)],
      ["KeyNameRefused", specKey.replace("example", "exa mple")],
      ["KeyNameRefused", specKey.replace("example.com/foo", "")],
      ["KeyTypeUnknown", specKey.replace("+Aek", "+Bek")],
      ["KeyIdDiffers", specKey.replace("530d903a", "530d903b")],
      ["KeyIdDiffers", specKey.replace("foo", "bar")],
      ["TextIsNoKey", "name+530d903a+AQID"]
    ] as const
  )("is refused with %s: %s", (reason, text) => {
    assert.strictEqual(reasonOf(parseVerifierKey(text)), reason)
  })

  it("needs a name and 32 bytes", () => {
    assert.strictEqual(reasonOf(makeSigningKey("two words", seed(32))), "KeyNameRefused")
    assert.strictEqual(reasonOf(makeSigningKey("a+b", seed(32))), "KeyNameRefused")
    assert.strictEqual(reasonOf(makeSigningKey(origin, seed(31))), "TextIsNoKey")
  })
})
