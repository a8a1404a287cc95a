/** Prints values so that equal values have equal texts. */
import * as Option from "effect/Option"
import * as Result from "effect/Result"

const fields = (value: object): ReadonlyArray<string> =>
  Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([left], [right]) => left < right ? -1 : 1)
    .map(([name, each]) => `${name}:${canonical(each)}`)

/** The text of a value, whatever order its fields came in. Amounts keep all their digits. */
export const canonical = (value: unknown): string => {
  if (typeof value === "bigint") return `${value}n`
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "undefined"
  if (Result.isResult(value)) {
    return Result.isSuccess(value) ? `yes(${canonical(value.success)})` : `no(${canonical(value.failure)})`
  }
  if (Option.isOption(value)) return Option.isSome(value) ? `some(${canonical(value.value)})` : "none"
  if (value instanceof Map) return canonical([...value])
  return Array.isArray(value) ? `[${value.map(canonical).join(",")}]` : `{${fields(value).join(",")}}`
}
