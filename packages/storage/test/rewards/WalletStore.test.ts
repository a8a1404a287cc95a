import { assert, describe, type Vitest } from "@effect/vitest"
import { PayeeAddress, PlayerId, WalletLink, WalletStore } from "@purser/domain/rewards"
import * as Effect from "effect/Effect"
import { type Everything, failureOf, onEveryStore } from "../onEveryStore.ts"
import { memory } from "./memory.ts"
import { walletSuite } from "./walletSuite.ts"

const ofDatabases = (it: Vitest.MethodsNonLive<Everything>): void => {
  it.effect("links nothing to a player who is not there", () =>
    Effect.gen(function*() {
      const wallets = yield* WalletStore
      const [playerId, address] = [PlayerId.make("nobody"), PayeeAddress.make("ban_nobody")]
      const link = new WalletLink({ playerId, address, linkedAtMillis: 1, effectiveAtMillis: 1 })
      assert.strictEqual(yield* failureOf(wallets.add(link)), "Broken")
    }))
}

describe("RW-3 wallets", () => {
  onEveryStore(memory, walletSuite, ofDatabases)
})
