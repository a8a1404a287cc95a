/** Guards service tokens: 32 secret bytes that open what was paid for. */
import { hmac } from "@noble/hashes/hmac.js"
import { sha3_256 } from "@noble/hashes/sha3.js"
import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js"
import * as Data from "effect/Data"
import * as Result from "effect/Result"
import { equalInConstantTime } from "../constantTime.ts"
import { TokenHash } from "../Ticket.ts"
import { parseHex32, printHex } from "./bytes32.ts"
import { PaymentId } from "./PaymentId.ts"

/** Not 64 hex digits. What was given is not repeated. */
export class ServiceTokenMalformed extends Data.TaggedError("ServiceTokenMalformed") {
  override get message(): string {
    return "a service token has 64 hex digits"
  }
}

const hashPrefix = utf8ToBytes("purser/token-hash/v1")
const keyedPrefix = utf8ToBytes("purser/token/v2")

/** A service token; it never prints itself. */
export class ServiceToken {
  readonly #bytes: Uint8Array
  private constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** Reads 64 hex digits of any case. */
  static parse(text: string): Result.Result<ServiceToken, ServiceTokenMalformed> {
    const bytes = parseHex32(text)
    return bytes === undefined ? Result.fail(new ServiceTokenMalformed()) : Result.succeed(new ServiceToken(bytes))
  }

  /** Format 1: SHA3-256(lower-hex PID ‖ "|" ‖ transaction id). Whoever knows both can make it: for old clients only. */
  static plain(pid: PaymentId, transactionId: string): ServiceToken {
    return new ServiceToken(sha3_256(utf8ToBytes(`${PaymentId.toHex(pid)}|${transactionId}`)))
  }

  /** Format 2: HMAC-SHA3-256(secret, "purser/token/v2" ‖ PID ‖ transaction id in lower-case hex). */
  static keyed(secret: Uint8Array, pid: PaymentId, transactionId: string): ServiceToken {
    const message = concatBytes(keyedPrefix, PaymentId.toBytes(pid), utf8ToBytes(transactionId))
    return new ServiceToken(hmac(sha3_256, secret, message))
  }

  /** Prints 64 lower-case hex digits: for its owner only. */
  static toHex(token: ServiceToken): string {
    return printHex(token.#bytes)
  }

  /** Compares in constant time. */
  static equals(left: ServiceToken, right: ServiceToken): boolean {
    return equalInConstantTime(left.#bytes, right.#bytes)
  }

  /** SHA3-256("purser/token-hash/v1" ‖ token): all that is stored of it. */
  static hash(token: ServiceToken): TokenHash {
    return TokenHash.make(printHex(sha3_256(concatBytes(hashPrefix, token.#bytes))))
  }

  toString(): string {
    return "ServiceToken(<redacted>)"
  }
  toJSON(): string {
    return this.toString()
  }
}
