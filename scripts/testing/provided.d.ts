/** Declares what the global setup provides to every test. */
import "vitest"

declare module "vitest" {
  interface ProvidedContext {
    /** Connection string of a database on the run's PostgreSQL; see `freshPostgres` for one a test file. */
    readonly postgresUrl: string
  }
}
