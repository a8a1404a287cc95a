/** Describes environment variables: name, meaning, default and how the text is read. */
import * as Result from "effect/Result"

/** The YAML files that settings may stand in. */
export const configFiles = ["payout", "integrations", "product"] as const

/** Where a setting may stand besides the environment, and how YAML writes it there. */
export interface Place {
  readonly file: (typeof configFiles)[number]
  /** Keys from the root of the file, joined by points. */
  readonly path: string
  /** `number` stands without quotes; `list` is a sequence; `flags` are keys, each `true` or `false`. */
  readonly shape: "text" | "number" | "list" | "flags"
}

/** One environment variable. `parse` answers with the value or with what is wrong in a few words, never quoting the text. */
export interface Variable<A, Fallback extends string | null = string | null> {
  readonly name: string
  readonly purpose: string
  /** Text that stands in when the variable is unset or empty; null when there is none. */
  readonly fallback: Fallback
  /** A value to show in documents; for a secret its shape. */
  readonly example: string
  /** A secret can also be read from the file named by `NAME_FILE`, and is never printed. */
  readonly secret: boolean
  /** Where it may stand in a file; null when only the environment has it. A secret is looked for there to be refused. */
  readonly place: Place | null
  readonly parse: (text: string) => Result.Result<A, string>
}

/** What the variables of a record are read as: null where there is neither text nor fallback. */
export type ValuesOf<Variables> = { readonly [K in keyof Variables]: ValueOf<Variables[K]> }
type ValueOf<V> = V extends Variable<infer A, infer Fallback> ? Fallback extends string ? A : A | null : never

/** Why a setting was refused. It never holds the value. */
export interface Refusal {
  readonly name: string
  readonly problem: string
}

/** The environment as it is given to a process. */
export type Environment = Readonly<Record<string, string | undefined>>

/** What stood in the files, by the name of its variable. */
export type FileTexts = ReadonlyMap<string, { readonly text: string; readonly where: string }>

/** Whether the environment has a text for it; empty is none. */
export const isGiven = (name: string, environment: Environment): boolean => (environment[name] ?? "").trim() !== ""

/** Reads one variable: its text in the environment, else in a file, else its fallback, else null. */
export const read = <A>(
  variable: Variable<A>,
  environment: Environment,
  files: FileTexts
): Result.Result<A | null, Refusal> => {
  const text = (environment[variable.name] ?? "").trim() || files.get(variable.name)?.text || variable.fallback
  if (text === null) return Result.succeed(null)
  return Result.mapError(variable.parse(text), (problem) => ({ name: variable.name, problem }))
}

/** Takes any text. */
export const text = (value: string): Result.Result<string, string> => Result.succeed(value)

/** Reads a whole number from `minimum` to `maximum`, digits only. */
export const wholeNumber = (minimum: number, maximum: number) => (value: string): Result.Result<number, string> => {
  const number = /^\d{1,15}$/u.test(value) ? Number(value) : Number.NaN
  return number >= minimum && number <= maximum
    ? Result.succeed(number)
    : Result.fail(`expected a whole number from ${minimum} to ${maximum}`)
}

/** Takes one of a few words. */
export const oneOf =
  <const Words extends ReadonlyArray<string>>(words: Words) => (value: string): Result.Result<Words[number], string> =>
    words.includes(value) ? Result.succeed(value) : Result.fail(`expected one of ${words.join(", ")}`)

/** Takes an http or https address without a trailing slash, and without a login: addresses show up in logs. */
export const httpUrl = (value: string): Result.Result<string, string> => {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url === undefined || !/^https?:$/u.test(url.protocol)) return Result.fail("expected an http or https address")
  return url.username === "" && url.password === ""
    ? Result.succeed(value.replace(/\/+$/u, ""))
    : Result.fail("user and password do not belong into the address")
}

/** Splits a list at commas, leaving out what is empty. */
export const list = (value: string): Result.Result<ReadonlyArray<string>, string> =>
  Result.succeed(value.split(",").map((part) => part.trim()).filter((part) => part !== ""))
