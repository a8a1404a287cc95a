/** Gathers the database and the stores on it. */
export * as Database from "./Database.ts"
export { DatabaseRefused, type RefusalReason } from "./DatabaseRefused.ts"
export { Dialect, type DialectName } from "./Dialect.ts"
export { type FenceRequirements, Stale, takeTerm, type Term } from "./fence/Fence.ts"
export { type MigrationRefusal, MigrationRefused } from "./migration/MigrationRefused.ts"
export * as Migrations from "./migration/Migrations.ts"
export { makeFolder } from "./sqlite/makeFolder.ts"
export * as Stores from "./Stores.ts"
