/** Refuses to go live on what is missing, on this machine, in the clear, or easily guessed. */
import { openSeed, type SealingKey } from "@purser/integrations/banano"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { Refusal } from "../config/Variable.ts"
import { isLoopback, leastSecretLength } from "./config/readers.ts"
import { type RewardsValues, rewardsVariables } from "./config/variables.ts"

type Key = keyof RewardsValues

/** A refusal by the short name of the variable. */
export const refuse = (key: Key, problem: string): Refusal => ({ name: rewardsVariables[key].name, problem })

const providerKeys = [
  "discordClientId",
  "discordClientSecret",
  "discordBotToken",
  "discordGuild",
  "yuniteKey",
  "fortniteKey"
] as const

const ownKeys = ["bananoNode", "bananoSeed", "bananoSealingKeys", "publicUrl", "sessionSecret", "totpKeys"] as const

const absent = (values: RewardsValues, keys: ReadonlyArray<Key>, mode: string): ReadonlyArray<Refusal> =>
  keys.filter((key) => values[key] === null).map((key) => refuse(key, `required in mode ${mode}`))

/** Real providers are asked with real keys. */
export const missingProviders = (values: RewardsValues, mode: "dry_run" | "live"): ReadonlyArray<Refusal> =>
  absent(values, providerKeys, mode)

/** Names that are kept for examples and tests, and that nobody can own. */
const isReserved = (host: string): boolean => /(?:^|\.)(?:invalid|test|example(?:\.(?:com|net|org))?)\.?$/u.test(host)

const addressProblem = (address: string): string | undefined => {
  const { hostname, protocol } = new URL(address)
  if (isLoopback(hostname)) return "this machine is no place for it in mode live"
  if (protocol !== "https:") return "https is required in mode live"
  return isReserved(hostname) ? "a name for examples is no place for it in mode live" : undefined
}

const addresses = [
  "bananoNode",
  "publicUrl",
  "discordApi",
  "discordAuthorize",
  "yuniteUrl",
  "fortniteUrl"
] as const

const misplaced = (values: RewardsValues): ReadonlyArray<Refusal> =>
  addresses.flatMap((key) => {
    const address = values[key]
    const problem = address === null ? undefined : addressProblem(address)
    return problem === undefined ? [] : [refuse(key, problem)]
  })

const leastDistinct = 10
const placeholder = /change|default|example|placeholder|password|secret|digits|insecure|s3cret/iu

/** Samples, words and runs of few characters; 32 random bytes in hex or base64 are none of these. */
const isGuessable = (text: string): boolean => placeholder.test(text) || new Set(text).size < leastDistinct

const secretProblem = (text: string): string | undefined => {
  if (text.length < leastSecretLength) return `shorter than ${leastSecretLength} characters`
  return isGuessable(text) ? "easily guessed: make it of random bytes" : undefined
}

const weakSecret = ({ sessionSecret }: RewardsValues): ReadonlyArray<Refusal> => {
  const problem = sessionSecret === null ? undefined : secretProblem(Redacted.value(sessionSecret))
  return problem === undefined ? [] : [refuse("sessionSecret", problem)]
}

const isWeakKey = ({ secret }: SealingKey): boolean => new Set(Redacted.value(secret)).size < leastDistinct

const weakKeys = (values: RewardsValues): ReadonlyArray<Refusal> =>
  (["bananoSealingKeys", "totpKeys"] as const)
    .filter((key) => values[key]?.some(isWeakKey) === true)
    .map((key) => refuse(key, "easily guessed: make it of random bytes"))

/** A seed that no key opens pays nobody; that is told at the start, in every mode that has one. */
export const closedSeed = ({ bananoSealingKeys, bananoSeed }: RewardsValues): ReadonlyArray<Refusal> => {
  if (bananoSeed === null || bananoSealingKeys === null) return []
  return Result.match(openSeed(Redacted.value(bananoSeed), bananoSealingKeys), {
    onFailure: ({ message }) => [refuse("bananoSeed", message)],
    onSuccess: () => []
  })
}

/** Everything for which mode `live` does not start; empty when it does. Values are never told. */
export const liveRefusals = (values: RewardsValues): ReadonlyArray<Refusal> => [
  ...absent(values, ownKeys, "live"),
  ...missingProviders(values, "live"),
  ...misplaced(values),
  ...weakSecret(values),
  ...weakKeys(values),
  ...closedSeed(values)
]
