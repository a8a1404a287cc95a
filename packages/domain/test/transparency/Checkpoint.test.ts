import { assert, describe, it } from "@effect/vitest"
import {
  openCheckpoint,
  parseCheckpoint,
  parseConsistencyFile,
  parseInclusionFile,
  printCheckpoint,
  printConsistencyFile,
  printInclusionFile,
  printNote,
  signNote
} from "@purser/domain/transparency"
import * as Result from "effect/Result"
import { keyOf, origin } from "./signers.ts"

const root = Uint8Array.from(Buffer.from("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328", "hex"))
const head = { origin, size: 8n, root }
const text = "purser.example/books/main\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n"
const signed = `${text}\n— purser.example/books/main ` +
  "zm5C+oB7FvFpuyqudrUwB3GAT6ZjjDKZSUTZCIl1o4eCmr3dCVVEDA34jxm5q8OBN11XnMKsTEPpNg9QKDBsqvaskw4=\n"
const key = keyOf(origin, 1)
const reasonOf = (result: Result.Result<unknown, { readonly reason: string }>) =>
  Result.isFailure(result) ? result.failure.reason : "read"

describe("LG-9 a checkpoint", () => {
  it("is three lines that stock tools verify", () => {
    assert.strictEqual(printCheckpoint(head), text)
    assert.strictEqual(printNote(signNote({ text, signatures: [] }, [key])), signed)
  })

  it("opens with the key of its log", () => {
    assert.deepStrictEqual(Result.getOrThrow(openCheckpoint(signed, [key.verifier])), head)
  })

  it("may have extensions", () => {
    assert.deepStrictEqual(Result.getOrThrow(parseCheckpoint(`${text}more\n`)), head)
  })

  it("is refused when another log's key signed it", () => {
    const other = keyOf("other.example", 1)
    const written = printNote(signNote({ text, signatures: [] }, [other]))
    assert.strictEqual(reasonOf(openCheckpoint(written, [other.verifier])), "OriginDiffers")
    assert.strictEqual(reasonOf(openCheckpoint(written, [key.verifier])), "NotSignedByKnownKey")
    assert.strictEqual(reasonOf(openCheckpoint(signed.replace("\n8\n", "\n9\n"), [key.verifier])), "SignatureInvalid")
    assert.strictEqual(reasonOf(openCheckpoint(text, [key.verifier])), "TextIsNoNote")
  })

  it.each([
    "",
    text.slice(0, -1),
    text.slice(origin.length),
    text.replace("\n8\n", "\n08\n"),
    text.replace("\n8\n", "\n-8\n"),
    text.replace("\n8\n", "\n9223372036854775808\n"),
    text.replace("Xcna", ""),
    text.replace("Qyg=", "Qyh="),
    `${text}\nmore\n`
  ])("is not %j", (written) => {
    assert.strictEqual(reasonOf(parseCheckpoint(written)), "TextIsNoCheckpoint")
  })
})

describe("LG-9 proof files", () => {
  const extra = Uint8Array.of(1, 2, 255)
  const inclusion = { extra, index: 5n, hashes: [root, root], checkpoint: signed }
  const line = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n"
  const written = `c2sp.org/tlog-proof@v1\nextra AQL/\nindex 5\n${line}${line}\n${signed}`
  const growth = { from: 6n, hashes: [root], checkpoint: signed }

  it("are written as c2sp.org/tlog-proof says", () => {
    assert.strictEqual(printInclusionFile(inclusion), written)
    assert.strictEqual(printInclusionFile({ ...inclusion, extra: null }), written.replace("extra AQL/\n", ""))
  })

  it("read back as they were written", () => {
    for (const file of [inclusion, { ...inclusion, extra: null }, { ...inclusion, hashes: [], index: 0n }]) {
      assert.deepStrictEqual(Result.getOrThrow(parseInclusionFile(printInclusionFile(file))), file)
    }
    for (const file of [growth, { ...growth, hashes: [] }]) {
      assert.deepStrictEqual(Result.getOrThrow(parseConsistencyFile(printConsistencyFile(file))), file)
    }
  })

  it("show growth as c2sp.org/tlog-witness asks for it", () => {
    assert.strictEqual(printConsistencyFile(growth), `old 6\n${line}\n${signed}`)
  })

  it.each([
    "",
    signed,
    written.replace("@v1", "@v2"),
    written.replace("extra AQL/", "extra AQL"),
    written.replace("index 5\n", ""),
    written.replace("index 5", "index 05"),
    written.replace("index 5", "index -5"),
    written.replace(line, "XcnaeacG\n"),
    written.replace(line, line.repeat(64)),
    written.replaceAll("\n\n", "\n")
  ])("of leaves are not %j", (text) => {
    assert.strictEqual(reasonOf(parseInclusionFile(text)), "TextIsNoProof")
  })

  it.each(["", signed, `old x\n${line}\n${signed}`, `old 6\nabc\n\n${signed}`, `old 6\n${line.repeat(65)}\n${signed}`])(
    "of growth are not %j",
    (text) => {
      assert.strictEqual(reasonOf(parseConsistencyFile(text)), "TextIsNoProof")
    }
  )
})
