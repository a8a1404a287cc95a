/** Replaces `NAME_FILE` variables of secrets by what their files hold. */
import { readFileSync } from "node:fs"
import type { Environment, Refusal } from "./Variable.ts"
import { variables } from "./variables.ts"

const maximumBytes = 65_536

const readSecret = (path: string): string | null => {
  try {
    const text = readFileSync(path, "utf8")
    return text.length > maximumBytes ? null : text.trim()
  } catch {
    // The caller names the variable; the path may be worth hiding, and the cause adds nothing.
    return null
  }
}

/** The environment plus the secrets read from files, and what is wrong with them. A secret given both ways is refused. */
export const withSecretFiles = (
  environment: Environment
): { readonly environment: Environment; readonly refusals: ReadonlyArray<Refusal> } => {
  const refusals: Array<Refusal> = []
  const read: Record<string, string> = {}
  for (const { name, secret } of Object.values(variables)) {
    const path = secret ? environment[`${name}_FILE`] : undefined
    if (path === undefined || path === "") continue
    const value = readSecret(path)
    if (environment[name] !== undefined) refusals.push({ name, problem: `given twice, also as ${name}_FILE` })
    else if (value === null) refusals.push({ name: `${name}_FILE`, problem: "the file cannot be read" })
    else read[name] = value
  }
  return { environment: { ...environment, ...read }, refusals }
}
