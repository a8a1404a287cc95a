/** Reads the fields of a request, one by one, so that each can be refused by its name. */
import { AccountCode, IdempotencyKey, Metadata, ReasonCode, TransferId } from "@purser/domain/ledger"
import { Asset } from "@purser/domain/money"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { millisOf, timeWanted } from "../given.ts"

type Reader<A> = (value: unknown) => Result.Result<A, string>

const as = <A, I>(schema: Schema.Codec<A, I>, wanted: string): Reader<A> => {
  const decode = Schema.decodeUnknownResult(schema)
  return (value) => Result.mapError(decode(value), () => wanted)
}

const time: Reader<number> = (value) => typeof value === "string" ? millisOf(value) : Result.fail(timeWanted)

const code = as(AccountCode, "expected an account code such as user:42:available")
const id = as(TransferId, "expected a UUID in lower case")

/** How each field is read. Amounts are text and stay so until their asset is known. */
export const readers = {
  id,
  debit: code,
  credit: code,
  asset: as(Asset.AssetCode, "expected an asset such as EUR"),
  amount: as(
    Schema.String.check(Schema.isPattern(/^\S+(?: +\S+)?$/u)),
    "expected text such as \"12.50 EUR\", never a number"
  ),
  amount_minor: as(
    Schema.String.check(Schema.isPattern(/^(?:0|[1-9]\d{0,39})$/u)),
    "expected whole minor units as text such as \"1250\", never a number"
  ),
  reason: as(ReasonCode, "expected dotted lower-case words such as order.paid"),
  reference: as(Schema.String.check(Schema.isPattern(/^[^\p{Cc}\p{Cs}]{1,200}$/u)), "expected 1 to 200 characters"),
  idempotency_key: as(IdempotencyKey, "expected 1 to 200 visible ASCII characters"),
  effective_at: time,
  expires_at: time,
  pending_id: id,
  reverses: id,
  metadata: as(Metadata, "expected at most 16 texts of up to 500 characters, under names of up to 40")
} as const

/** The name of a field. */
export type FieldName = keyof typeof readers

/** The fields that were given, each read. */
export type Fields = { readonly [Name in FieldName]?: Result.Result.Success<ReturnType<(typeof readers)[Name]>> }

const described = ["id", "reason", "reference", "idempotency_key", "effective_at", "metadata"] as const
const moving = ["debit", "credit", "asset", "amount", "amount_minor"] as const

/** Which fields each kind of request takes, besides those that all take. */
const taken = {
  post: [...moving, "reverses"],
  hold: [...moving, "expires_at"],
  settle: ["pending_id", "asset", "amount", "amount_minor"],
  void: ["pending_id"],
  reverse: ["reverses"]
} as const satisfies Readonly<Record<string, ReadonlyArray<FieldName>>>

/** What a request can ask for; `reverse` is the mirror of an earlier transfer. */
export type AskedKind = keyof typeof taken

/** Whether a text names a kind. */
export const isKind = (text: unknown): text is AskedKind => typeof text === "string" && Object.hasOwn(taken, text)

/** Every kind. */
export const kinds = Object.keys(taken) as ReadonlyArray<AskedKind>

const required: Readonly<Record<AskedKind, ReadonlyArray<FieldName>>> = {
  post: ["debit", "credit", "reason"],
  hold: ["debit", "credit", "reason"],
  settle: ["pending_id", "reason"],
  void: ["pending_id", "reason"],
  reverse: ["reverses", "reason"]
}

/** The fields that a kind takes. */
export const fieldsOf = (kind: AskedKind): ReadonlyArray<FieldName> => [...described, ...taken[kind]]

/** The fields that a kind can not do without. */
export const requiredOf = (kind: AskedKind): ReadonlyArray<FieldName> => required[kind]
