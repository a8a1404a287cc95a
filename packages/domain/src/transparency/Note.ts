/** Signs texts, and opens signed ones, as c2sp.org/signed-note says. */
import { bytesToHex, concatBytes, hexToBytes } from "@noble/hashes/utils.js"
import * as Result from "effect/Result"
import { hasSigned, isKeyName, type SigningKey, signText, type VerifierKey } from "./keys.ts"
import { parseBase64, printBase64 } from "./text.ts"
import { TransparencyError, type TransparencyReason } from "./TransparencyError.ts"

/** One signature line. */
export interface NoteSignature {
  readonly name: string
  readonly keyId: string
  readonly signature: Uint8Array
}

/** A text, which ends with a newline, and who says that they signed it: nothing is checked yet. */
export interface Note {
  readonly text: string
  readonly signatures: ReadonlyArray<NoteSignature>
}

const mostSignatures = 64
const keyIdBytes = 4

const refused = (reason: TransparencyReason, detail: string) => Result.fail(new TransparencyError({ reason, detail }))

const printSignature = ({ keyId, name, signature }: NoteSignature): string =>
  `— ${name} ${printBase64(concatBytes(hexToBytes(keyId), signature))}\n`

/** The note as it is stored and shown: the text, an empty line, a line for each signature. */
export const printNote = ({ signatures, text }: Note): string => `${text}\n${signatures.map(printSignature).join("")}`

const parseSignature = (line: string): NoteSignature | undefined => {
  const [dash, name = "", encoded = "", ...more] = line.split(" ")
  const bytes = parseBase64(encoded)
  if (dash !== "—" || more.length > 0 || !isKeyName(name) || bytes === undefined || bytes.length <= keyIdBytes) {
    return undefined
  }
  return { name, keyId: bytesToHex(bytes.subarray(0, keyIdBytes)), signature: bytes.slice(keyIdBytes) }
}

const isPlainText = (text: string): boolean =>
  text.isWellFormed() && [...text].every((character) => character >= " " || character === "\n")

/** Reads a note without checking who signed it. Refuses with `TextIsNoNote`. */
export const parseNote = (written: string): Result.Result<Note, TransparencyError> => {
  const end = written.lastIndexOf("\n\n")
  if (end < 0 || !written.endsWith("\n") || !isPlainText(written)) {
    return refused("TextIsNoNote", "expected a text, an empty line and signatures")
  }
  const lines = written.slice(end + 2).split("\n").slice(0, -1)
  const signatures = lines.map(parseSignature)
  if (lines.length === 0 || lines.length > mostSignatures) {
    return refused("TextIsNoNote", `expected 1 to ${mostSignatures} signatures`)
  }
  return signatures.every((signature) => signature !== undefined)
    ? Result.succeed({ text: written.slice(0, end + 1), signatures })
    : refused("TextIsNoNote", "expected lines of — NAME BASE64 after the empty line")
}

const signedBy = (note: Note, { verifier }: SigningKey): boolean =>
  note.signatures.some(({ keyId, name }) => name === verifier.name && keyId === verifier.keyId)

/** The note with a signature of each key that has not signed it yet. The text stays what it is. */
export const signNote = (note: Note, keys: ReadonlyArray<SigningKey>): Note => ({
  text: note.text,
  signatures: [
    ...note.signatures,
    ...keys.filter((key) => !signedBy(note, key)).map((key) => ({
      name: key.verifier.name,
      keyId: key.verifier.keyId,
      signature: signText(key, note.text)
    }))
  ]
})

/**
 * Answers with those of the known keys that signed the note, at least one. Signatures of unknown keys are ignored; one of a
 * known key that is wrong condemns the whole note. Refuses with `SignatureInvalid` or `NotSignedByKnownKey`.
 */
export const verifyNote = (
  note: Note,
  known: ReadonlyArray<VerifierKey>
): Result.Result<ReadonlyArray<VerifierKey>, TransparencyError> => {
  const signers: Array<VerifierKey> = []
  for (const { keyId, name, signature } of note.signatures) {
    const key = known.find((candidate) => candidate.name === name && candidate.keyId === keyId)
    if (key === undefined) continue
    if (!hasSigned(key, note.text, signature)) return refused("SignatureInvalid", `${name}+${keyId}`)
    signers.push(key)
  }
  if (signers.length > 0) return Result.succeed(signers)
  const seen = note.signatures.map(({ keyId, name }) => `${name}+${keyId}`).join(", ")
  return refused("NotSignedByKnownKey", seen === "" ? "no signatures" : `signed by ${seen}`)
}
