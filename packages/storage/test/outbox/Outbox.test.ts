import { describe } from "@effect/vitest"
import { layerMemory } from "@purser/domain/outbox/testing"
import { onEveryStore } from "../onEveryStore.ts"
import { outboxSuite } from "./outboxSuite.ts"

describe("TK-9 the outbox", () => {
  onEveryStore(layerMemory, outboxSuite)
})
