/** Declares the keys that tokens are made with. */
import * as Context from "effect/Context"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"

/** A key by its name. `id` is 1 to 32 letters, digits, `_` or `-`; `secret` has 32 bytes or more. */
export interface TokenKey {
  readonly id: string
  readonly secret: Redacted.Redacted<Uint8Array>
}

/** The key for new tokens, and every key that an old token may have been made with. */
export class TokenKeys extends Context.Service<TokenKeys, {
  readonly current: TokenKey
  readonly byId: (id: string) => Option.Option<TokenKey>
}>()("@purser/domain/tickets/TokenKeys") {
  /** The first key signs, the others only repeat old tokens. Take a key away only when its tokens may be lost. */
  static readonly layer = (current: TokenKey, ...retired: ReadonlyArray<TokenKey>): Layer.Layer<TokenKeys> =>
    Layer.succeed(TokenKeys, {
      current,
      byId: (id) => Option.fromUndefinedOr([current, ...retired].find((key) => key.id === id))
    })
}
