/** Reads the values that only Purser has: listeners, databases, amounts, keys. */
import { Amount, Asset } from "@purser/domain/money"
import { isKeyName } from "@purser/domain/transparency"
import * as Listener from "@purser/http/listener"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { DatabaseSettings } from "./Settings.ts"

/** Reads `host:port` or `unix:/path`. */
export const listenerText = (value: string): Result.Result<Listener.Listener, string> =>
  Result.mapError(Listener.parse(value), () => "expected host:port or unix:/path")

/** Reads `sqlite:PATH` or a PostgreSQL address. */
export const databaseText = (value: string): Result.Result<DatabaseSettings, string> => {
  if (/^sqlite:.+$/u.test(value)) return Result.succeed({ dialect: "sqlite", path: value.slice("sqlite:".length) })
  return /^postgres(?:ql)?:\/\/./u.test(value) && URL.canParse(value)
    ? Result.succeed({ dialect: "postgres", url: Redacted.make(value) })
    : Result.fail("expected sqlite:PATH or postgres://…")
}

/** Reads a decimal amount of XMR above zero into piconero, exactly. */
export const xmrText = (value: string): Result.Result<bigint, string> =>
  Result.flatMap(
    Result.mapError(Amount.parse(value, Asset.XMR), () => "expected an amount of XMR such as 0.01"),
    (amountMinor) => amountMinor > 0n ? Result.succeed(amountMinor) : Result.fail("expected an amount above zero")
  )

/** More confirmations from an amount on. */
export interface Tier {
  readonly fromMinor: bigint
  readonly confirmations: number
}

const tier = (part: string): Result.Result<Tier, string> => {
  const [amount = "", blocks = ""] = part.split("=").map((side) => side.trim())
  if (!/^[1-9]\d{0,2}$/u.test(blocks)) return Result.fail("expected XMR=blocks with 1 to 999 blocks")
  return Result.map(xmrText(amount), (fromMinor) => ({ fromMinor, confirmations: Number(blocks) }))
}

/** Reads confirmation tiers, lowest amount first in the answer. */
export const tiersText = (value: string): Result.Result<ReadonlyArray<Tier>, string> =>
  Result.map(
    Result.all(value.split(",").filter((part) => part.trim() !== "").map(tier)),
    (tiers) => tiers.toSorted((a, b) => a.fromMinor < b.fromMinor ? -1 : 1)
  )

/** Reads ids of Monero transactions, 64 hexadecimal digits each; lower case in the answer. */
export const transactionIdsText = (value: string): Result.Result<ReadonlySet<string>, string> => {
  const ids = value.split(",").map((part) => part.trim().toLowerCase()).filter((part) => part !== "")
  return ids.every((id) => /^[0-9a-f]{64}$/u.test(id))
    ? Result.succeed(new Set(ids))
    : Result.fail("expected ids of 64 hexadecimal digits, separated by commas")
}

/** A key by its name; `secret` is 32 bytes. Tokens are derived with such keys, and heads of the log are signed. */
export interface KeySetting {
  readonly id: string
  readonly secret: Redacted.Redacted<Uint8Array>
}

/** Reads `id:hex` pairs. Ids are 1 to 32 letters, digits, `-` or `_`, each once. */
export const keysText = (value: string): Result.Result<ReadonlyArray<KeySetting>, string> => {
  const pairs = value.split(",").map((part) => /^([\w-]{1,32}):([0-9a-fA-F]{64})$/u.exec(part.trim()))
  if (pairs.includes(null)) return Result.fail("expected id:hex with 64 hexadecimal digits, separated by commas")
  const keys = pairs.map((pair) => ({
    id: pair?.[1] ?? "",
    secret: Redacted.make(Uint8Array.from(Buffer.from(pair?.[2] ?? "", "hex")))
  }))
  return new Set(keys.map((key) => key.id)).size === keys.length
    ? Result.succeed(keys)
    : Result.fail("every key needs an id of its own")
}

/** Reads the name of a log, which is for good: no spaces, no plus. */
export const originText = (value: string): Result.Result<string, string> =>
  isKeyName(value) ? Result.succeed(value) : Result.fail("expected a name such as example.com/books")
