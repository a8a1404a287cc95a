/** Gathers what commands of an operator do to the faucet, beside the processes that run it. */
export { type DeskRefused, type FaucetDesk, FaucetOff, layerFaucetDesk, layerUsers } from "./layerFaucetDesk.ts"
export { sealingKeyOf, SealingKeyUnusable } from "./sealingKeyOf.ts"
