/** Loads players, and everything that their standing rests on. */
import * as Effect from "effect/Effect"
import type { EpicAccount, EpicId, Player, PlayerId, WalletLink } from "../rewards/index.ts"
import { type EligibilityRules, WalletRules } from "../rewards/index.ts"
import type { StorageError } from "../transaction/index.ts"
import { PlayerUnknown } from "./FaucetError.ts"
import type { Ports } from "./ports.ts"

/** A player who exists and was not erased. */
export const playerOf = (
  { players }: Ports,
  playerId: PlayerId
): Effect.Effect<Player, PlayerUnknown | StorageError> =>
  Effect.flatMap(players.byIds([playerId]), ([player]) =>
    player === undefined || player.erasedAtMillis !== null
      ? new PlayerUnknown({ player: playerId })
      : Effect.succeed(player))

/** A player with the wallets, oldest first, and the Epic account, if there is one. */
export interface Loaded {
  readonly player: Player
  readonly links: ReadonlyArray<WalletLink>
  readonly epic: EpicAccount | null
}

const byPlayer = (links: ReadonlyArray<WalletLink>): ReadonlyMap<PlayerId, ReadonlyArray<WalletLink>> =>
  Map.groupBy(links, ({ playerId }) => playerId)

/** Three questions for any number of players. */
export const loadAll = Effect.fnUntraced(function*(
  { earnings, wallets }: Ports,
  players: ReadonlyArray<Player>
): Effect.fn.Return<ReadonlyArray<Loaded>, StorageError> {
  if (players.length === 0) return []
  const links = byPlayer(yield* wallets.links(players.map(({ id }) => id)))
  const epicIds = players.flatMap(({ epicId }) => epicId ?? [])
  const accounts = epicIds.length === 0 ? [] : yield* earnings.epicAccounts(epicIds)
  const epics = new Map<EpicId, EpicAccount>(accounts.map((account) => [account.epicId, account]))
  return players.map((player) => ({
    player,
    links: links.get(player.id) ?? [],
    epic: player.epicId === null ? null : epics.get(player.epicId) ?? null
  }))
})

/** What the rules of eligibility ask. */
export const standingOf = ({ epic, links, player }: Loaded, nowMillis: number): EligibilityRules.Standing => ({
  membership: player.membership,
  link: player.link,
  verifiedAtMillis: player.verifiedAtMillis,
  stats: player.stats,
  hasBaseline: epic !== null && epic.cursorKills !== null,
  hasWallet: WalletRules.payeeOf(links, nowMillis) !== undefined,
  risk: player.risk
})

/** The moment that the rules of eligibility are asked about. */
export const momentOf = ({ settings }: Ports, nowMillis: number): EligibilityRules.Moment => ({
  nowMillis,
  verificationMostMillis: settings.verificationMostMillis
})
