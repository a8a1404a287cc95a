import { assert, describe, it } from "@effect/vitest"
import { afterAll, inject } from "vitest"
import { createDatabase } from "../../../../scripts/testing/database.ts"
import { post, quick, ready, serve, type Served, temporaryFolder } from "./installation.ts"
import { type Environment, run, until } from "./program.ts"
import { newTicket, startSandbox, type Ticket } from "./sandbox.ts"

const folder = temporaryFolder()
afterAll(folder.remove)

const rounds = 8
const ticketsPerRound = 6
const priceMinor = "10000000000"

/** Small, seeded and repeatable (mulberry32). */
const dice = (seed: number) => {
  let state = seed
  return (sides: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }
}

/** Redeems without end until the process dies; every token that was acknowledged is remembered. */
const redeemUntilDead = async (
  { publicUrl }: Served,
  tickets: ReadonlyArray<Ticket>,
  acknowledged: Map<string, string>
): Promise<void> => {
  const one = async ({ payment_id, pid }: Ticket): Promise<void> => {
    while (true) {
      const answer = await post(`${publicUrl}/api/v1/redeem`, { pid, payment_id }).catch(() => undefined)
      if (answer === undefined) return
      if (answer.status === 200) {
        const before = acknowledged.get(pid)
        if (before !== undefined) assert.strictEqual(answer.body.service_token, before)
        acknowledged.set(pid, answer.body.service_token!)
      }
      await new Promise((resolve) => setTimeout(resolve, 40))
    }
  }
  await Promise.all(tickets.map(one))
}

describe.each(["sqlite", "postgres"] as const)(
  "TK-11 LG-16 PF-6 killed while crediting and redeeming, on %s",
  (dialect) => {
    it("loses nothing and doubles nothing", { timeout: 240_000 }, async () => {
      const path = `${folder.path}/${dialect}`
      const database = dialect === "postgres" ? await createDatabase(inject("postgresUrl"), "crash") : undefined
      const sandbox = await startSandbox(path)
      const environment: Environment = {
        ...quick(path),
        ...sandbox.wallet,
        ...database === undefined ? {} : { PURSER_DATABASE_URL: database.url },
        PURSER_MONERO_CONFIRMATIONS: "3"
      }
      const roll = dice(20_261_124)
      const status = JSON.parse((await run(["sandbox", "status", "--url", sandbox.url, "--json"])).stdout)
      const tickets: Array<Ticket> = []
      const acknowledged = new Map<string, string>()
      try {
        for (let round = 0; round < rounds; round++) {
          const served = await serve(environment)
          const redeeming = redeemUntilDead(served, tickets.slice(-2 * ticketsPerRound), acknowledged)
          const fresh = await Promise.all(
            Array.from({ length: ticketsPerRound }, () => newTicket(status.primaryAddress))
          )
          for (const { address } of fresh) {
            const paid = await post(`${sandbox.url}/sandbox/pay`, { address, amountMinor: priceMinor })
            assert.strictEqual(paid.status, 200, JSON.stringify(paid.body))
          }
          tickets.push(...fresh)
          const more = redeemUntilDead(served, fresh, acknowledged)
          await new Promise((resolve) => setTimeout(resolve, 100 + roll(700)))
          await served.running.kill("SIGKILL")
          await Promise.all([redeeming, more])
        }

        const served = await serve(environment)
        try {
          await ready(served)
          for (const { payment_id, pid } of tickets) {
            const answer = await until(served.running, async () => {
              const tried = await post(`${served.publicUrl}/api/v1/redeem`, { pid, payment_id })
              return tried.status === 200 ? tried : undefined
            })
            assert.strictEqual(answer.body.balance, priceMinor)
            if (acknowledged.has(pid)) assert.strictEqual(answer.body.service_token, acknowledged.get(pid))
            acknowledged.set(pid, answer.body.service_token!)
          }
          assert.strictEqual(new Set(acknowledged.values()).size, tickets.length)
          const claimed = await run(["ledger", "balance", "tickets:claimed", "--json"], environment)
          assert.strictEqual(JSON.parse(claimed.stdout).balance_minor, String(10_000_000_000n * BigInt(tickets.length)))
          const verified = await run(["ledger", "verify", "--json"], environment)
          assert.deepInclude(JSON.parse(verified.stdout), { sound: true, transfers: String(3 * tickets.length) })
          const reconciled = await run(["ledger", "reconcile", "monero"], environment)
          assert.strictEqual(reconciled.code, 0, reconciled.stdout + reconciled.stderr)
        } finally {
          await served.running.kill("SIGKILL")
        }
      } finally {
        await sandbox.running.kill("SIGKILL")
        await database?.drop()
      }
    })
  }
)
