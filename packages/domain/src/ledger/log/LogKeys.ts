/** Declares the keys that sign heads of the log. */
import * as Context from "effect/Context"
import * as Layer from "effect/Layer"
import type { SigningKey } from "../../transparency/index.ts"

/**
 * The keys that sign every head, all under the one name of the log. Two of them during a rotation, so that those who know
 * either can check.
 */
export class LogKeys extends Context.Service<LogKeys, {
  readonly origin: string
  readonly keys: ReadonlyArray<SigningKey>
}>()("@purser/domain/ledger/LogKeys") {
  /** The first key's name is the name of the log; keys of another name are not its keys and must not be given. */
  static readonly layer = (first: SigningKey, ...others: ReadonlyArray<SigningKey>): Layer.Layer<LogKeys> =>
    Layer.succeed(LogKeys, { origin: first.verifier.name, keys: [first, ...others] })
}
