/** Guards payment ids: 32 secret bytes that only the payer has until redemption. */
import { sha3_256 } from "@noble/hashes/sha3.js"
import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { equalInConstantTime } from "../constantTime.ts"
import { Commitment } from "../Ticket.ts"
import { parseHex32, printHex } from "./bytes32.ts"
import { RandomBytes } from "./RandomBytes.ts"

/** Not 64 hex digits. What was given is not repeated, since it may be a secret with a typing error. */
export class PaymentIdMalformed extends Data.TaggedError("PaymentIdMalformed") {
  override get message(): string {
    return "a payment id has 64 hex digits"
  }
}

const commitPrefix = utf8ToBytes("purser/commit/v1")

/** A payment id. There is no way to make one but `parse` and `generate`, and it never prints itself. */
export class PaymentId {
  readonly #bytes: Uint8Array
  private constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** Reads 64 hex digits of any case. */
  static parse(text: string): Result.Result<PaymentId, PaymentIdMalformed> {
    const bytes = parseHex32(text)
    return bytes === undefined ? Result.fail(new PaymentIdMalformed()) : Result.succeed(new PaymentId(bytes))
  }

  /** Draws a new one. */
  static readonly generate: Effect.Effect<PaymentId, never, RandomBytes> = Effect.map(
    RandomBytes.use((random) => random.bytes(32)),
    (bytes) => new PaymentId(Uint8Array.from(bytes))
  )

  /** Prints 64 lower-case hex digits: for the payer's eyes and for redemption only. */
  static toHex(pid: PaymentId): string {
    return printHex(pid.#bytes)
  }

  /** A copy of the 32 bytes. */
  static toBytes(pid: PaymentId): Uint8Array {
    return Uint8Array.from(pid.#bytes)
  }

  /** Compares in constant time. */
  static equals(left: PaymentId, right: PaymentId): boolean {
    return equalInConstantTime(left.#bytes, right.#bytes)
  }

  /** SHA3-256("purser/commit/v1" ‖ PID): what may be stored of it. */
  static commitment(pid: PaymentId): Commitment {
    return Commitment.make(printHex(sha3_256(concatBytes(commitPrefix, pid.#bytes))))
  }

  toString(): string {
    return "PaymentId(<redacted>)"
  }
  toJSON(): string {
    return this.toString()
  }
}
