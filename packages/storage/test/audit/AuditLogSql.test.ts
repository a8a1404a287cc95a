import { assert, describe, type Vitest } from "@effect/vitest"
import { AuditLog } from "@purser/domain/audit"
import * as Effect from "effect/Effect"
import { SqlClient } from "effect/sql/SqlClient"
import { type Everything, onBothDatabases } from "../onBothDatabases.ts"
import { failureOf } from "../onEveryStore.ts"
import { entry } from "./auditSuite.ts"

const suite = (it: Vitest.MethodsNonLive<Everything>): void => {
  it.effect("takes no number for an entry that the database refuses", () =>
    Effect.gen(function*() {
      const audit = yield* AuditLog
      const sql = yield* SqlClient
      yield* audit.append(entry("first"))
      yield* sql`INSERT INTO audit VALUES (2, ${"a"}, ${"b"}, ${"c"}, ${"{}"}, NULL, 0)`
      assert.strictEqual(yield* failureOf(audit.append(entry("second"))), "Broken")
      assert.deepStrictEqual(yield* sql`SELECT last FROM head WHERE name = ${"audit"}`, [{ last: 1n }])
    }))
}

describe("PF-7 the audit log on databases", () => {
  onBothDatabases(suite)
})
