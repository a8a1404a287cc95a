/** Gathers the variables of the rewards program by the section they are documented in. */
import type { ValuesOf } from "../../config/Variable.ts"
import { access } from "./access.ts"
import { payout } from "./payout.ts"
import { product } from "./product.ts"
import { banano, discord, play, sandboxes } from "./providers.ts"

/** See `sections`. */
export const rewardsSections = {
  "Rewards: payouts": payout,
  "Rewards: Banano": banano,
  "Rewards: Discord": discord,
  "Rewards: Yunite and Fortnite": play,
  "Rewards: access": access,
  "Rewards: product": product,
  "Rewards: sandboxes": sandboxes
}

/** Every variable of the rewards program by its short name. */
export const rewardsVariables = {
  ...payout,
  ...banano,
  ...discord,
  ...play,
  ...access,
  ...product,
  ...sandboxes
}

/** What they are read as. */
export type RewardsValues = ValuesOf<typeof rewardsVariables>
