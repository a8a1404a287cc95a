/** Gives the stores of rewards in memory, with the store of payouts that they look into. */
import { layerMemory as payouts } from "@purser/domain/payouts/testing"
import { layerMemory as rewards } from "@purser/domain/rewards/testing"
import * as Layer from "effect/Layer"

export const memory = Layer.provideMerge(rewards, payouts)
