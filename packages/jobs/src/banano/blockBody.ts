/** Prints signed blocks for keeping, and reads them back: the bytes that are published, however often. */
import {
  type BananoAddress,
  BlockHash,
  isAuthentic,
  parseAddress,
  Signature,
  type SignedBlock,
  Work
} from "@purser/integrations/banano"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

const Address = Schema.declare(
  (input): input is BananoAddress => typeof input === "string" && Result.isSuccess(parseAddress(input)),
  { expected: "an address of Banano" }
)

const Body = Schema.fromJsonString(Schema.Struct({
  hash: BlockHash,
  account: Address,
  previous: BlockHash,
  representative: Address,
  balanceRaw: Schema.BigIntFromString,
  link: BlockHash,
  signature: Signature,
  work: Work
}))

/** One line of JSON. */
export const printBody: (block: SignedBlock) => string = Schema.encodeSync(Body)

const decode = Schema.decodeUnknownOption(Body)

/** None where it is no block, or where the account of the block did not sign it: such a one is never published. */
export const readBody = (body: string): Option.Option<SignedBlock> => Option.filter(decode(body), isAuthentic)
