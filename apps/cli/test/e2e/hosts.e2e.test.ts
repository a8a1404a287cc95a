import { assert, describe, it } from "@effect/vitest"
import { afterAll, inject } from "vitest"
import { createDatabase } from "../../../../scripts/testing/database.ts"
import { freePorts } from "../../../../scripts/testing/regtest/freePorts.ts"
import { ask, post, quick, temporaryFolder } from "./installation.ts"
import { type Environment, run, type Running, startHost, until } from "./program.ts"
import { newTicket, startSandbox, type Ticket } from "./sandbox.ts"

const folder = temporaryFolder()
afterAll(folder.remove)

const redeemed = (running: Running, url: string, { payment_id, pid }: Ticket): Promise<string> =>
  until(running, async () => {
    const { body, status } = await post(`${url}/api/v1/redeem`, { pid, payment_id })
    return status === 200 ? body.service_token : undefined
  }, 60_000)

describe("PF-2 TK-1 TK-5 hosts of their own on one PostgreSQL", () => {
  it("sell tickets while workers come and go", { timeout: 180_000 }, async () => {
    const database = await createDatabase(inject("postgresUrl"), "hosts")
    const sandbox = await startSandbox(folder.path)
    const [apiOne, innerOne, apiTwo, innerTwo, workerOne, workerTwo] = await freePorts(6)
    const shared: Environment = {
      ...quick(folder.path),
      ...sandbox.wallet,
      PURSER_DATABASE_URL: database.url,
      PURSER_MONERO_CONFIRMATIONS: "2"
    }
    const api = (http: number | undefined, internal: number | undefined) =>
      startHost("api", { ...shared, PURSER_HTTP: `127.0.0.1:${http}`, PURSER_INTERNAL_HTTP: `127.0.0.1:${internal}` })
    const worker = (port: number | undefined) =>
      startHost("worker", { ...shared, PURSER_WORKER_ADDRESS: `127.0.0.1:${port}` })
    const first = worker(workerOne)
    const running = [first, api(apiOne, innerOne), api(apiTwo, innerTwo)]
    const [publicOne, publicTwo] = [`http://127.0.0.1:${apiOne}`, `http://127.0.0.1:${apiTwo}`]
    const { primaryAddress } = JSON.parse(
      (await run(["sandbox", "status", "--url", sandbox.url, "--json"])).stdout
    ) as { readonly primaryAddress: string }
    const buy = async (): Promise<Ticket> => {
      const ticket = await newTicket(primaryAddress)
      const paid = await post(`${sandbox.url}/sandbox/pay`, { address: ticket.address, amountMinor: "10000000000" })
      assert.strictEqual(paid.status, 200)
      return ticket
    }
    try {
      for (const [index, url] of [publicOne, publicTwo].entries()) {
        await until(running[index + 1]!, async () => {
          const response = await fetch(`${url}/readyz`).catch(() => undefined)
          return response?.status === 200 ? true : undefined
        }, 60_000)
      }
      const ticket = await buy()
      const token = await redeemed(running[1]!, publicOne, ticket)
      assert.strictEqual(await redeemed(running[2]!, publicTwo, ticket), token)
      assert.deepInclude((await ask(`${publicTwo}/api/v1/token/${token}`)).body, { status: "active" })

      running.push(worker(workerTwo))
      await new Promise((resolve) => setTimeout(resolve, 3000))
      await first.kill("SIGKILL")
      const later = await buy()
      assert.notStrictEqual(await redeemed(running[2]!, publicTwo, later), token)
      const verified = await run(["ledger", "verify"], shared)
      assert.strictEqual(verified.stdout, "sound: 6 transfers on 5 accounts\n")
    } finally {
      await Promise.all([...running, sandbox.running].map(({ kill }) => kill("SIGKILL")))
      await database.drop()
    }
  })
})
