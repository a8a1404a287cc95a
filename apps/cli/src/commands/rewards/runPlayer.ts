/** Shows where a player stands, and why nothing is earned or paid, where that is so. */
import { Players, type PlayerStatus } from "@purser/domain/faucet"
import type { WalletLink } from "@purser/domain/rewards"
import * as Effect from "effect/Effect"
import { playerIdOf } from "../../faucet/given.ts"
import { answerOf } from "../../faucet/reasons.ts"
import { ban, moment, playerJson, walletJson } from "../../faucet/shown.ts"
import { withFaucet } from "../../faucet/withFaucet.ts"
import { print } from "../../terminal/output.ts"
import { pairs } from "../../terminal/table.ts"

const found = Effect.fnUntraced(function*(text: string) {
  const id = yield* playerIdOf(text)
  return yield* Players.use(({ status }) => status(id))
})

const words = (text: string): string => text.replaceAll("_", " ")

const verifiedText = ({ verifiedAtMillis, verifiedBy }: PlayerStatus["player"]): string =>
  verifiedAtMillis === null ? "never" : `${moment(verifiedAtMillis)}, by ${words(verifiedBy ?? "somebody")}`

const walletText = (wallet: WalletLink | null): string => wallet === null ? "none" : wallet.address

const capsText = ({ caps }: PlayerStatus): string =>
  `${caps.usedInDay} of ${caps.perDay} ${caps.unit} today, ${caps.usedInWeek} of ${caps.perWeek} this week`

const worded = (status: PlayerStatus): string => {
  const { pendingWallet, player, wallet } = status
  return pairs([
    ["player", `${player.discordName}, ${player.id}`],
    [
      "Discord",
      `${player.discordId ?? "none"}, ${player.membership === "unknown" ? "membership unknown" : player.membership}`
    ],
    ["Epic", `${player.epicId ?? "none"}, ${player.link === "unknown" ? "link unknown" : words(player.link)}`],
    ["verified", verifiedText(player)],
    ["stats", player.stats],
    ["region", player.region],
    ["signs of abuse", player.risk],
    ["wallet", walletText(wallet)],
    ...pendingWallet === null
      ? []
      : [["", `${pendingWallet.address} from ${moment(pendingWallet.effectiveAtMillis)} on`] as const],
    ["owed", `${ban(status.openMinor)} BAN for ${status.openKills} kills`],
    [status.dryRun ? "in payouts (dry run)" : "in payouts", `${ban(status.settledMinor)} BAN`],
    ["caps", capsText(status)],
    ["earns", answerOf(status.earning)],
    ["is paid", answerOf(status.paying)]
  ])
}

const shown = (status: PlayerStatus) => ({
  ...playerJson(status.player),
  wallet: status.wallet && walletJson(status.wallet),
  pending_wallet: status.pendingWallet && walletJson(status.pendingWallet),
  accrued_rewards_ban: ban(status.openMinor),
  accrued_kills: status.openKills,
  settled_rewards_ban: ban(status.settledMinor),
  caps: {
    unit: status.caps.unit,
    per_day: status.caps.perDay,
    per_week: status.caps.perWeek,
    used_in_day: status.caps.usedInDay,
    used_in_week: status.caps.usedInWeek
  },
  earning_refusal: status.earning,
  paying_refusal: status.paying,
  dry_run: status.dryRun
})

/** What the command does. */
export const run = Effect.fnUntraced(function*({ json, player }: { readonly player: string; readonly json: boolean }) {
  const status = yield* withFaucet(found(player))
  yield* print(json, shown(status), worded(status))
})
