/** Gathers the ledger on a database, for programs that want nothing else of Purser. */
export { layerPostgres, layerSqlite, type Refused, type Services } from "./alone.ts"
export { layer as layerArchive } from "./archive/LedgerArchiveSql.ts"
export { layer as layerStore } from "./LedgerStoreSql.ts"
export { layer as layerLog } from "./log/LedgerLogSql.ts"
