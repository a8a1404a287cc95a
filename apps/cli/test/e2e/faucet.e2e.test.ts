/** Plays the whole story of the faucet over HTTP, against API, worker, signer and sandboxes in one process. */
import { assert, describe, it } from "@effect/vitest"
import { signerOf } from "@purser/integrations/banano"
import { demoPlayers } from "@purser/integrations/discord/sandbox"
import { makeSandboxControl as makeFortniteControl } from "@purser/integrations/fortnite/sandbox"
import { makeSandboxControl as makeYuniteControl } from "@purser/integrations/yunite/sandbox"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { createHash } from "node:crypto"
import { createServer } from "node:net"
import { afterAll, inject } from "vitest"
import { createDatabase } from "../../../../scripts/testing/database.ts"
import { Browser, type Seen } from "./Browser.ts"
import { internalKey, quick, ready, serve, type Served, temporaryFolder } from "./installation.ts"
import { type Environment, run, until } from "./program.ts"

const folder = temporaryFolder()
afterAll(folder.remove)

const [ada, ben, cleo] = demoPlayers

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0))
    })
  })

const ports = async (count: number): Promise<ReadonlyArray<number>> =>
  Promise.all(Array.from({ length: count }, freePort))

const url = (port: number): string => `http://127.0.0.1:${port}`

const minuteMillis = 60_000

/** Two blocks are signed, and the work for each is real. */
const workMillis = 180_000

/** A player has one row a minute at most. */
const nextMinute = (): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, minuteMillis - Date.now() % minuteMillis + 50))

/** Somebody's address, whose seed is the name. */
const addressFor = (name: string): string =>
  Result.getOrThrow(signerOf(Redacted.make(createHash("sha256").update(name).digest("hex")))).address

interface Stage {
  readonly served: Served
  readonly environment: Environment
  readonly fortnite: ReturnType<typeof makeFortniteControl>
  readonly yunite: ReturnType<typeof makeYuniteControl>
}

const open = async (name: string, more: Environment): Promise<Stage> => {
  const [http, banano, discord, yunite, fortnite] = await ports(5) as [number, number, number, number, number]
  const environment = {
    ...quick(`${folder.path}/${name}`),
    PURSER_REWARDS_MODE: "sandbox",
    PURSER_HTTP: `127.0.0.1:${http}`,
    PURSER_SANDBOX_BANANO: `127.0.0.1:${banano}`,
    PURSER_SANDBOX_DISCORD: `127.0.0.1:${discord}`,
    PURSER_SANDBOX_YUNITE: `127.0.0.1:${yunite}`,
    PURSER_SANDBOX_FORTNITE: `127.0.0.1:${fortnite}`,
    PURSER_ADMIN_DISCORD_IDS: ben!.discordId,
    ...more
  }
  const served = await serve(environment)
  await ready(served)
  return {
    served,
    environment,
    fortnite: makeFortniteControl(url(fortnite)),
    yunite: makeYuniteControl(url(yunite))
  }
}

const operator = async (stage: Stage, path: string, body?: unknown): Promise<Seen["body"]> => {
  const response = await fetch(`${stage.served.internalUrl}${path}`, {
    headers: { authorization: `Bearer ${internalKey}`, "content-type": "application/json" },
    ...body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }
  })
  assert.isBelow(response.status, 300, `${path}: ${response.status}`)
  return await response.json() as Seen["body"]
}

interface Job {
  readonly job: string
  readonly outcome: string | null
  readonly asked_at: string | null
  readonly started_at: string | null
  readonly finished_at: string | null
}

/** Asks for a run and waits until one that began later has ended. */
const runJob = async (stage: Stage, job: string): Promise<void> => {
  const look = async (): Promise<Job> => {
    const { jobs } = await operator(stage, "/admin/scheduler/status")
    return (jobs as ReadonlyArray<Job>).find((one) => one.job === job)!
  }
  const before = await look()
  await operator(stage, "/admin/scheduler/trigger", { job })
  await until(stage.served.running, async () => {
    const now = await look()
    const isOver = now.asked_at === null && now.started_at !== before.started_at && now.finished_at !== null &&
      now.finished_at >= (now.started_at ?? "")
    return isOver ? now : undefined
  })
}

interface ShownPayout {
  readonly status: string
  readonly amount_ban: string
  readonly tx_hash: string | null
}

const payoutsOf = async (player: Browser): Promise<ReadonlyArray<ShownPayout>> =>
  (await player.get("/me/payouts")).body["payouts"] as ReadonlyArray<ShownPayout>

const tell = async (stage: Stage): Promise<void> => {
  const { environment, fortnite, served, yunite } = stage
  const player = new Browser(served.publicUrl)

  // Nobody is let in, and everybody is told what to do.
  assert.strictEqual((await player.get("/me/status")).status, 401)
  assert.match((await new Browser(served.publicUrl).signIn(cleo!.discordId)).location ?? "", /not-member/u)
  assert.match((await new Browser(served.publicUrl).signIn(ben!.discordId)).location ?? "", /not-linked/u)

  // Ada comes in, and gives an address.
  assert.strictEqual((await player.signIn(ada!.discordId)).status, 302)
  assert.include((await player.get("/me/status")).body, { membership: "member", earning_refusal: "NoWallet" })
  assert.strictEqual((await player.post("/link/wallet", { banano_address: "ban_1nothing" })).status, 400)
  const address = addressFor("ada")
  const linked = await player.post("/link/wallet", { banano_address: address })
  assert.include(linked.body, { linked: true, address })
  await runJob(stage, "accrual")
  assert.include((await player.get("/me/status")).body, { earning_refusal: null, accrued_rewards_ban: "0" })

  // She plays. What she kills after the baseline is a debt, and the debt is paid by one block.
  await Effect.runPromise(fortnite.play({ epicId: ada!.epic!.id, kills: 12, matches: 4 }))
  assert.strictEqual((await player.post("/me/reverify")).status, 200)
  await runJob(stage, "accrual")
  assert.include((await player.get("/me/status")).body, { accrued_rewards_ban: "25.2", accrued_kills: 12 })
  await runJob(stage, "settlement")
  const paid = await until(served.running, async () => {
    const [payout] = await payoutsOf(player)
    return payout?.status === "confirmed" ? payout : undefined
  }, workMillis)
  assert.strictEqual(paid.amount_ban, "25.2")
  assert.match(paid.tx_hash ?? "", /^[0-9A-F]{64}$/u)
  assert.include((await player.get("/me/status")).body, { accrued_rewards_ban: "0", settled_rewards_ban: "25.2" })

  // The cap of the day is reached: the rest rolls over.
  await Effect.runPromise(fortnite.play({ epicId: ada!.epic!.id, kills: 3, matches: 1 }))
  await nextMinute()
  await player.post("/me/reverify")
  await runJob(stage, "accrual")
  await runJob(stage, "settlement")
  assert.strictEqual((await payoutsOf(player)).length, 1)
  assert.include((await player.get("/me/status")).body, { accrued_rewards_ban: "6.3" })

  // The books agree with themselves and with the chain, and every deed of the operator is on record.
  await runJob(stage, "reconciliation")
  const ledger = await run(["ledger", "verify"], environment)
  assert.match(ledger.stdout, /^sound:/mu)
  const wallet = await run(["ledger", "balance", "banano:wallet"], environment)
  assert.match(wallet.stdout, /99,?974\.8 BAN/u)
  const { entries } = await operator(stage, "/admin/audit?action=job.trigger")
  assert.isAtLeast((entries as ReadonlyArray<unknown>).length, 5)

  // She leaves the server: nothing is earned or paid until she is back.
  await Effect.runPromise(yunite.leave(ada!.discordId))
  await operator(stage, "/admin/reverify", { discord_id: ada!.discordId })
  assert.include((await player.get("/me/status")).body, { membership: "left", earning_refusal: "NotMember" })

  // Pages say the same to a person without a script.
  const page = await player.get("/app", { accept: "text/html" })
  assert.strictEqual(page.status, 200)
  assert.match(page.headers.get("content-security-policy") ?? "", /default-src 'none'/u)
  assert.notMatch(page.text, /<script/u)
}

describe(
  "RW-1 RW-2 RW-4 RW-5 RW-6 RW-7 RW-8 RW-17 the story of the faucet",
  { timeout: 400_000, concurrent: true },
  () => {
    it("is played on SQLite", async () => {
      const stage = await open("sqlite", {})
      try {
        await tell(stage)
      } finally {
        assert.strictEqual((await stage.served.running.kill("SIGTERM")).code, 0)
      }
    })

    it("is played on PostgreSQL", async () => {
      const database = await createDatabase(inject("postgresUrl"), "faucet")
      const stage = await open("postgres", { PURSER_DATABASE_URL: database.url })
      try {
        await tell(stage)
      } finally {
        await stage.served.running.kill("SIGTERM")
        await database.drop()
      }
    })
  }
)
