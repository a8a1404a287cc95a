import { describe } from "@effect/vitest"
import { layerMemory } from "@purser/domain/payments/testing"
import { onEveryStore } from "../onEveryStore.ts"
import { paymentSuite } from "./paymentSuite.ts"

describe("TK-6 TK-7 TK-8 payments", () => {
  onEveryStore(layerMemory, paymentSuite)
})
