/** Gathers the signer: its policy, its rounds, and what they come to. */
export type { Paid } from "./pay.ts"
export { PayoutPolicy, type SpendLimits } from "./PayoutPolicy.ts"
export { PayoutSigner, type Step, type Ticked, type TickError } from "./PayoutSigner.ts"
export type { Guard } from "./ports.ts"
export type { Standing } from "./stand.ts"
