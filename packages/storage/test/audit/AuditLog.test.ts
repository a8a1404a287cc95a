import { describe } from "@effect/vitest"
import { layerMemory } from "@purser/domain/audit/testing"
import { onEveryStore } from "../onEveryStore.ts"
import { auditSuite } from "./auditSuite.ts"

describe("PF-7 the audit log", () => {
  onEveryStore(layerMemory, auditSuite)
})
