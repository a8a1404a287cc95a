/** Tells what every audit log must do. */
import { assert, type Vitest } from "@effect/vitest"
import { AuditEntry, AuditLog, type AuditRecord } from "@purser/domain/audit"
import { Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"

/** An entry about a subject. */
export const entry = (subject: string, rest: Partial<AuditEntry> = {}): AuditEntry =>
  new AuditEntry({
    actor: "operator",
    action: "token.revoke",
    subject,
    details: {},
    correlationId: null,
    atMillis: 1_700_000_000_000,
    ...rest
  })

const subjectsOf = (records: ReadonlyArray<AuditRecord>): ReadonlyArray<string> =>
  records.map(({ entry }) => entry.subject)

const numbered = (records: ReadonlyArray<AuditRecord>): void => {
  const sequences = records.map(({ sequence }) => sequence)
  assert.deepStrictEqual(sequences, sequences.map((_, index) => sequences[0]! - BigInt(index)))
}

/** Every record, newest first. */
export const everything = AuditLog.use((audit) => audit.list({ limit: 1000 }))

/** The suite. */
export const auditSuite = (it: Vitest.MethodsNonLive<AuditLog | Transaction>): void => {
  it.effect("numbers entries from 1 and gives them back exactly", () =>
    Effect.gen(function*() {
      const audit = yield* AuditLog
      const odd = entry("päper \"1\"", {
        actor: "system:monitor",
        details: { "a \"b\"": "{\\n}", empty: "", nul: "\0" },
        correlationId: "c-1",
        atMillis: 0
      })
      assert.deepStrictEqual(yield* audit.append(odd), { sequence: 1n, entry: odd })
      assert.deepStrictEqual(yield* audit.append(entry("second")), { sequence: 2n, entry: entry("second") })
      assert.deepStrictEqual(yield* everything, [
        { sequence: 2n, entry: entry("second") },
        { sequence: 1n, entry: odd }
      ])
    }))

  it.effect("has no gap where transactions fail", () =>
    Effect.gen(function*() {
      const audit = yield* AuditLog
      const { atomically } = yield* Transaction
      const before = (yield* everything).length
      const append = (index: number) => {
        const appended = audit.append(entry(`crowd/${index}`))
        return atomically(index % 3 === 0 ? Effect.andThen(appended, Effect.fail("no")) : appended)
      }
      const answers = yield* Effect.all(
        Array.from({ length: 30 }, (_, index) => Effect.exit(append(index))),
        { concurrency: "unbounded" }
      )
      const records = yield* everything
      assert.strictEqual(records.length, before + 20)
      numbered(records)
      const kept = answers.flatMap((exit) => exit._tag === "Success" ? [exit.value] : [])
      for (const record of kept) {
        assert.deepStrictEqual(records.find((other) => other.sequence === record.sequence), record)
      }
    }))

  it.effect("appends several in one transaction in their order", () =>
    Effect.gen(function*() {
      const audit = yield* AuditLog
      const { atomically } = yield* Transaction
      const [first, second] = yield* atomically(
        Effect.all([audit.append(entry("pair/1")), audit.append(entry("pair/2"))])
      )
      assert.strictEqual(second.sequence, first.sequence + 1n)
    }))

  it.effect("filters by every field at once", () =>
    Effect.gen(function*() {
      const audit = yield* AuditLog
      const at = (subject: string, atMillis: number, rest: Partial<AuditEntry> = {}) =>
        audit.append(entry(subject, { actor: "filter", atMillis, ...rest }))
      yield* at("f/1", 10)
      yield* at("f/2", 20, { action: "ticket.suspend" })
      yield* at("f/3", 30)
      yield* at("f/3", 40)
      const list = (query: Omit<Parameters<AuditLog["Service"]["list"]>[0], "limit">) =>
        Effect.map(audit.list({ actor: "filter", ...query, limit: 10 }), subjectsOf)
      assert.deepStrictEqual(yield* list({}), ["f/3", "f/3", "f/2", "f/1"])
      assert.deepStrictEqual(yield* list({ action: "ticket.suspend" }), ["f/2"])
      assert.deepStrictEqual(yield* list({ subject: "f/3", toMillis: 30 }), ["f/3"])
      assert.deepStrictEqual(yield* list({ fromMillis: 20, toMillis: 30 }), ["f/3", "f/2"])
      assert.deepStrictEqual(yield* list({ actor: "nobody" }), [])
    }))

  it.effect("pages backwards", () =>
    Effect.gen(function*() {
      const audit = yield* AuditLog
      yield* Effect.forEach([1, 2, 3, 4, 5], (index) => audit.append(entry(`page/${index}`, { actor: "pager" })))
      const first = yield* audit.list({ actor: "pager", limit: 2 })
      assert.deepStrictEqual(subjectsOf(first), ["page/5", "page/4"])
      const second = yield* audit.list({ actor: "pager", before: first[1]!.sequence, limit: 10 })
      assert.deepStrictEqual(subjectsOf(second), ["page/3", "page/2", "page/1"])
    }))
}
