/** Describes what a node answers, as `nano_node` 22 and later write it: numbers and flags are strings. */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import { type BananoAddress, parseAddress } from "../crypto/Address.ts"
import { rawMost } from "../crypto/amount.ts"
import { Signature } from "../crypto/ed25519.ts"
import { BlockHash } from "../crypto/hash.ts"
import { Work } from "../crypto/work.ts"

const upper = SchemaTransformation.transform({ decode: (text: string) => text.toUpperCase(), encode: (text) => text })
const lower = SchemaTransformation.transform({ decode: (text: string) => text.toLowerCase(), encode: (text) => text })

/** An amount in raw: decimal digits, up to 2^128 - 1. */
export const Raw = Schema.String.check(Schema.isPattern(/^\d{1,39}$/u)).pipe(
  Schema.decodeTo(
    Schema.BigInt.check(Schema.isBetweenBigInt({ minimum: 0n, maximum: rawMost })),
    SchemaTransformation.transform({ decode: BigInt, encode: String })
  )
)

/** A whole number that is small enough to count with. */
export const Count = Schema.String.check(Schema.isPattern(/^\d{1,15}$/u)).pipe(
  Schema.decodeTo(Schema.Int, SchemaTransformation.transform({ decode: Number, encode: String }))
)

/** A yes or no. */
export const Flag = Schema.Literals(["true", "false"]).pipe(
  Schema.decodeTo(
    Schema.Boolean,
    SchemaTransformation.transform({
      decode: (text: "true" | "false") => text === "true",
      encode: (is): "true" | "false" => is ? "true" : "false"
    })
  )
)

/** A hash in hex digits of either case. */
export const Hash = Schema.String.check(Schema.isPattern(/^[0-9A-Fa-f]{64}$/u)).pipe(
  Schema.decodeTo(BlockHash, upper)
)

/** An address whose checksum is right. */
export const Address = Schema.declare(
  (input): input is BananoAddress => typeof input === "string" && Result.isSuccess(parseAddress(input)),
  { expected: "an address of Banano" }
)

/** An error instead of an answer. */
export const Refusal = Schema.Struct({ error: Schema.String })

/** Answer of `account_info`, asked for the representative, the receivable and the confirmed. */
export const AccountInfo = Schema.Struct({
  frontier: Hash,
  open_block: Schema.optionalKey(Hash),
  balance: Raw,
  representative: Address,
  block_count: Count,
  confirmed_balance: Schema.optionalKey(Raw),
  confirmed_frontier: Schema.optionalKey(Hash),
  receivable: Schema.optionalKey(Raw)
})

/** Answer of `account_balance`; `pending` is the older name of `receivable`. */
export const AccountBalance = Schema.Struct({
  balance: Raw,
  receivable: Schema.optionalKey(Raw),
  pending: Schema.optionalKey(Raw)
})

/** Answer of `receivable`, asked for sources; none may come as an empty text. */
export const Receivable = Schema.Struct({
  blocks: Schema.Union([
    Schema.Literal(""),
    Schema.Record(Schema.String, Schema.Struct({ amount: Raw, source: Address })).check(
      Schema.makeFilter((blocks) => Object.keys(blocks).every((hash) => Schema.is(BlockHash)(hash)))
    )
  ])
})

/** A state block as it crosses the wire. */
export const Block = Schema.Struct({
  type: Schema.Literal("state"),
  account: Address,
  previous: Hash,
  representative: Address,
  balance: Raw,
  link: Hash,
  signature: Schema.String.check(Schema.isPattern(/^[0-9A-Fa-f]{128}$/u)).pipe(Schema.decodeTo(Signature, upper)),
  work: Schema.String.check(Schema.isPattern(/^[0-9A-Fa-f]{16}$/u)).pipe(Schema.decodeTo(Work, lower))
})

/** Answer of `block_info` with `json_block`. Blocks of other accounts can be of older types, so their contents are not read. */
export const BlockInfo = Schema.Struct({
  block_account: Address,
  amount: Schema.optionalKey(Raw),
  balance: Raw,
  height: Count,
  confirmed: Flag,
  /** Zeros, or nothing, for the newest block of an account. */
  successor: Schema.optionalKey(Schema.Union([Schema.Literal(""), Hash])),
  subtype: Schema.optionalKey(Schema.String)
})

/** Answer of `process`. */
export const Processed = Schema.Struct({ hash: Hash })

/** Answer of `work_generate`. */
export const Generated = Schema.Struct({
  work: Schema.String.check(Schema.isPattern(/^[0-9A-Fa-f]{16}$/u)).pipe(Schema.decodeTo(Work, lower))
})

/** Answer of `version`. */
export const Version = Schema.Struct({ node_vendor: Schema.String, network: Schema.optionalKey(Schema.String) })

/** Answer of `block_count`. A node that has much more unchecked from minute to minute is catching up. */
export const BlockCount = Schema.Struct({
  count: Count,
  unchecked: Count,
  cemented: Schema.optionalKey(Count)
})
