/** Gathers throw-away databases and the suites that every store must pass. */
export { layerPostgresTemporary, layerSqliteTemporary, temporaryPath, temporaryPostgres } from "./temporary.ts"
