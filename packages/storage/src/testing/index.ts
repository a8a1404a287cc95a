/** Gathers throw-away databases and the suites that every store must pass. */
export { isEmptyPostgres, placeOnPostgres } from "./simulation/placeOnPostgres.ts"
export { placeOnSqlite } from "./simulation/placeOnSqlite.ts"
export { layerPostgresTemporary, layerSqliteTemporary, temporaryPath, temporaryPostgres } from "./temporary.ts"
