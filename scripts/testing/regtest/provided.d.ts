/** Declares what the setup beside this file provides to every test. */
import "vitest"

declare module "vitest" {
  interface ProvidedContext {
    /** Where `leaseRegtest` takes the run's Monero chain. */
    readonly regtestPort: number
  }
}
