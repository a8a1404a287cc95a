import { describe } from "@effect/vitest"
import { layerMemory } from "@purser/domain/tickets/testing"
import { onEveryStore } from "../onEveryStore.ts"
import { ticketSuite } from "./ticketSuite.ts"

describe("TK-2 TK-7 TK-8 TK-11 tickets", () => {
  onEveryStore(layerMemory, ticketSuite)
})
