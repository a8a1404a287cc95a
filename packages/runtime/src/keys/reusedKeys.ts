/** Finds keys that serve two purposes: whoever learns one of them learns the other. */
import * as Redacted from "effect/Redacted"
import type { Refusal } from "../config/Variable.ts"

/** What is secret under the name of a variable: keys of bytes, or a text. */
export interface Keyring {
  readonly name: string
  readonly secrets: ReadonlyArray<Redacted.Redacted<Uint8Array | string>>
}

/** Keys are written in hexadecimal; a text that spells one is that key. */
const spelling = (secret: Uint8Array | string): string =>
  typeof secret === "string" ? secret.toLowerCase() : Buffer.from(secret).toString("hex")

/** A refusal for every variable that repeats a secret of an earlier one. */
export const reusedKeys = (keyrings: ReadonlyArray<Keyring>): ReadonlyArray<Refusal> => {
  const owners = new Map<string, string>()
  return keyrings.flatMap(({ name, secrets }): ReadonlyArray<Refusal> => {
    const spellings = secrets.map((secret) => spelling(Redacted.value(secret)))
    const owner = spellings.map((text) => owners.get(text)).find((found) => found !== undefined)
    for (const text of spellings) if (!owners.has(text)) owners.set(text, name)
    return owner === undefined ? [] : [{ name, problem: `used for ${owner} too: every purpose needs a key of its own` }]
  })
}
