import { describe } from "@effect/vitest"
import { layerMemory } from "@purser/domain/idempotency/testing"
import { onEveryStore } from "../onEveryStore.ts"
import { idempotencySuite } from "./idempotencySuite.ts"

describe("PF-4 answers by idempotency key", () => {
  onEveryStore(layerMemory, idempotencySuite)
})
