/** Makes the tables that every program needs: fences, idempotency keys, audit log and outbox. */
import type { Ddl, Migration } from "./Migration.ts"

const refuseChange = `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$`

const functions: Readonly<Record<Ddl["dialect"], ReadonlyArray<string>>> = { sqlite: [], postgres: [refuseChange] }

/** The first migration. */
export const base: Migration = {
  id: 1,
  name: "base",
  statements: ({ appendOnly, bytes, code, counted, dialect, end, hasLength, integer, text }) => [
    ...functions[dialect],
    `CREATE TABLE fence (
      name ${text} PRIMARY KEY,
      token ${integer} NOT NULL
    )${end}`,
    `CREATE TABLE head (
      name ${text} PRIMARY KEY,
      last ${integer} NOT NULL
    )${end}`,
    `CREATE TABLE idempotency (
      principal ${text} NOT NULL,
      operation ${text} NOT NULL,
      idempotency_key ${text} NOT NULL,
      request_hash ${bytes} NOT NULL CHECK (${hasLength("request_hash", 32)}),
      lease_ends_at_millis ${integer} NOT NULL,
      status ${code},
      body ${text},
      completed_at_millis ${integer},
      PRIMARY KEY (principal, operation, idempotency_key),
      CHECK ((status IS NULL) = (completed_at_millis IS NULL))
    )${end}`,
    "CREATE INDEX idempotency_completed ON idempotency (completed_at_millis) WHERE completed_at_millis IS NOT NULL",
    `CREATE TABLE audit (
      sequence ${integer} PRIMARY KEY,
      actor ${text} NOT NULL,
      action ${text} NOT NULL,
      subject ${text} NOT NULL,
      details ${text} NOT NULL,
      correlation_id ${text},
      at_millis ${integer} NOT NULL
    )${end}`,
    "CREATE INDEX audit_actor ON audit (actor, sequence)",
    "CREATE INDEX audit_action ON audit (action, sequence)",
    "CREATE INDEX audit_subject ON audit (subject, sequence)",
    "CREATE INDEX audit_at ON audit (at_millis, sequence)",
    ...appendOnly("audit"),
    "INSERT INTO head (name, last) VALUES ('audit', 0)",
    `CREATE TABLE outbox (
      sequence ${counted},
      topic ${text} NOT NULL,
      event_key ${text} NOT NULL,
      payload ${text} NOT NULL,
      at_millis ${integer} NOT NULL,
      due_at_millis ${integer} NOT NULL,
      attempts ${integer} NOT NULL DEFAULT 0
    )${end}`,
    "CREATE INDEX outbox_due ON outbox (due_at_millis, sequence)"
  ]
}
