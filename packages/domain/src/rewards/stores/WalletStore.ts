/** Declares the port behind which the wallets of players are kept. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type { StorageError } from "../../transaction/index.ts"
import type { PlayerId } from "../Accrual.ts"
import type { PayeeAddress, WalletLink } from "../Wallet.ts"

/** Keeps links to wallets. An address stays with the player who gave it first. Joins the surrounding `Transaction`. */
export class WalletStore extends Context.Service<WalletStore, {
  /** Links of these players, oldest first. */
  readonly links: (playerIds: ReadonlyArray<PlayerId>) => Effect.Effect<ReadonlyArray<WalletLink>, StorageError>
  /** Whose address it is, now, earlier or in waiting. */
  readonly ownerOf: (address: PayeeAddress) => Effect.Effect<Option.Option<PlayerId>, StorageError>
  /** Adds a link. `Contended` when the address is another player's, or when the player has a link of the same moment. */
  readonly add: (link: WalletLink) => Effect.Effect<void, StorageError>
  /** Forgets the links of a player who is erased. The addresses are free then. */
  readonly forget: (playerId: PlayerId) => Effect.Effect<void, StorageError>
}>()("@purser/domain/rewards/WalletStore") {}
