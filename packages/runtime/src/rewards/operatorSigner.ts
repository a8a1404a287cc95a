/** Opens the seed of the operator's account. */
import { openSeed, type SealRefused, type SeedRefused, type Signer, signerOf } from "@purser/integrations/banano"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { SealedSeedSettings } from "./RewardsSettings.ts"

/** Who signs for the operator, account 0 of the seed; it prints nothing of the key. */
export const operatorSigner = (
  { keys, sealed }: SealedSeedSettings
): Result.Result<Signer, SealRefused | SeedRefused> =>
  Result.flatMap(openSeed(Redacted.value(sealed), keys), (seed) => signerOf(seed))
