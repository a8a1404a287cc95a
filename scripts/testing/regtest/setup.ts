/** Offers one Monero chain to the whole run, however many workspaces name this file as their global setup. */
import type { TestProject } from "vitest/node"
import { type RegtestChain, startRegtest } from "./chain.ts"
import { type Leases, serveLeases } from "./leases.ts"

interface Shared {
  leases: Promise<Leases>
  users: number
}

/** Each workspace evaluates this file anew, so what they share hangs on the process. */
const slot = Symbol.for("purser.testing.regtest")
const shared = globalThis as unknown as Record<symbol, Shared | undefined>

const start = async (): Promise<RegtestChain> => {
  const startedMillis = performance.now()
  const chain = await startRegtest()
  process.stdout.write(`monero regtest ready in ${Math.round(performance.now() - startedMillis)} ms\n`)
  return chain
}

/** Provides `regtestPort`. Nothing is started before somebody takes a lease there. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const mine = shared[slot] ??= { leases: serveLeases(start), users: 0 }
  mine.users++
  const leases = await mine.leases
  project.provide("regtestPort", leases.port)
  return async () => {
    mine.users--
    if (mine.users > 0) return
    delete shared[slot]
    await leases.close()
  }
}
