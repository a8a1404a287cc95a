import { assert, describe, type Vitest } from "@effect/vitest"
import { AuditLog } from "@purser/domain/audit"
import { layerMemory } from "@purser/domain/audit/testing"
import * as Effect from "effect/Effect"
import { SqlClient } from "effect/sql/SqlClient"
import { type Everything, failureOf, onEveryStore } from "../onEveryStore.ts"
import { auditSuite, entry } from "./auditSuite.ts"

const ofDatabases = (it: Vitest.MethodsNonLive<Everything>): void => {
  it.effect("takes no number for an entry that the database refuses", () =>
    Effect.gen(function*() {
      const audit = yield* AuditLog
      const sql = yield* SqlClient
      const { sequence } = yield* audit.append(entry("first"))
      yield* sql`INSERT INTO audit VALUES (${sequence + 1n}, ${"a"}, ${"b"}, ${"c"}, ${"{}"}, NULL, 0)`
      assert.strictEqual(yield* failureOf(audit.append(entry("second"))), "Broken")
      assert.deepStrictEqual(yield* sql`SELECT last FROM head WHERE name = ${"audit"}`, [{ last: sequence }])
    }))
}

describe("PF-7 the audit log", () => {
  onEveryStore(layerMemory, auditSuite, ofDatabases)
})
