/** Links a wallet to a player. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { OutboxEvent } from "../../outbox/index.ts"
import {
  AccrualRules,
  EpicAccount,
  type PayeeAddress,
  Player,
  type PlayerId,
  type WalletLink,
  WalletRules
} from "../../rewards/index.ts"
import { IdentityRules } from "../../risk/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import type { AddressMalformed, PlayerUnknown } from "../FaucetError.ts"
import { raise, subjectOf } from "../outcomes.ts"
import type { Ports } from "../ports.ts"
import { playerOf } from "../standing.ts"

/** What was killed before there was a wallet earns nothing: the next reading is the baseline. */
const beginEarning = Effect.fnUntraced(function*({ earnings, players }: Ports, player: Player, nowMillis: number) {
  yield* players.put([new Player({ ...player, nextReadAtMillis: nowMillis, lastGainAtMillis: nowMillis })])
  if (player.epicId === null) return
  const [account = new EpicAccount({ epicId: player.epicId, cursorKills: null, highWaterKills: null })] =
    yield* earnings.epicAccounts([player.epicId])
  yield* earnings.putEpicAccounts([AccrualRules.relink(account)])
})

const told = ({ address, effectiveAtMillis, linkedAtMillis, playerId }: WalletLink): OutboxEvent =>
  new OutboxEvent({
    topic: "player.wallet_linked",
    key: playerId,
    payload: { address, effective_at_millis: String(effectiveAtMillis) },
    atMillis: linkedAtMillis
  })

const claimedByTwo = Effect.fnUntraced(function*(
  ports: Ports,
  player: Player,
  claim: { readonly address: PayeeAddress; readonly ownerId: PlayerId; readonly nowMillis: number }
) {
  const signal = IdentityRules.sharedClaim(subjectOf(ports, player), {
    kind: "SharedWallet",
    claimed: claim.address,
    claimants: [claim.ownerId]
  })
  const signals = signal === null ? [] : [signal]
  const [judged = player] = yield* raise(ports, signals, { atMillis: claim.nowMillis, players: [player] })
  if (judged.risk !== player.risk) yield* ports.players.put([judged])
})

/** A refusal is an answer of the transaction, not its failure: the signal that it raises is kept. */
const attempt = Effect.fnUntraced(function*(ports: Ports, playerId: PlayerId, address: PayeeAddress) {
  const player = yield* playerOf(ports, playerId)
  const nowMillis = yield* Clock.currentTimeMillis
  const links = yield* ports.wallets.links([playerId])
  const ownerId = Option.getOrNull(yield* ports.wallets.ownerOf(address))
  const { burnAddress, coolDownMillis, operatorAddress } = ports.settings
  const linked = WalletRules.linkWallet(links, address, {
    playerId,
    nowMillis,
    coolDownMillis,
    burnAddress,
    operatorAddress,
    ownerId
  })
  if (Result.isFailure(linked) && linked.failure.riskSignal !== null && ownerId !== null) {
    yield* claimedByTwo(ports, player, { address, ownerId, nowMillis })
  }
  if (Result.isSuccess(linked) && linked.success !== null) {
    yield* ports.wallets.add(linked.success)
    yield* ports.outbox.append([told(linked.success)])
    if (links.length === 0) yield* beginEarning(ports, player, nowMillis)
  }
  return linked
})

/** Gives a player a wallet, or says why not. */
export const linkWallet = Effect.fnUntraced(function*(
  ports: Ports,
  playerId: PlayerId,
  text: string
): Effect.fn.Return<void, AddressMalformed | WalletRules.WalletRefused | PlayerUnknown | StorageError> {
  const address = yield* Effect.fromResult(ports.settings.parsePayee(text))
  yield* Effect.fromResult(yield* ports.transaction.atomically(attempt(ports, playerId, address)))
})
