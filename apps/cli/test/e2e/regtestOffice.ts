/** Runs an installation on a real monerod and the operator's view-only wallet, and looks into its books. */
import { assert } from "@effect/vitest"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { RegtestNode } from "../../../../packages/jobs/test/chain/RegtestNode.ts"
import { type Lease, leaseRegtest } from "../../../../scripts/testing/regtest/lease.ts"
import { type Answer, ask, quick, ready, serve, type Served } from "./installation.ts"
import { type Environment, run, until } from "./program.ts"
import { RegtestPayer } from "./regtestPayer.ts"

/** 0.01 XMR, what a ticket costs. */
export const priceMinor = 10_000_000_000n
/** How deep a payment must be. */
export const confirmations = 10

const patienceMillis = 90_000
const probeMillis = 150

/** The chain of the run for one test file: every database reads all of it from the same height. */
export interface RegtestSite {
  readonly lease: Lease
  readonly node: RegtestNode
  readonly startHeight: number
}

/** Takes the chain; pass the port that `inject("regtestPort")` answers. */
export const takeSite = async (port: number): Promise<RegtestSite> => {
  const lease = await leaseRegtest(port)
  const node = new RegtestNode(lease.endpoints)
  return { lease, node, startHeight: await node.height() }
}

const environmentOn = (
  { lease: { endpoints }, startHeight }: RegtestSite,
  place: { readonly folder: string; readonly databaseUrl: string | undefined }
): Environment => ({
  ...quick(place.folder),
  PURSER_DATABASE_URL: place.databaseUrl ?? `sqlite:${join(place.folder, "books.sqlite")}`,
  PURSER_MONERO_POLL_INTERVAL: "100 millis",
  PURSER_MONERO_WALLET_RPC_URL: endpoints.operatorUrl,
  PURSER_MONERO_DAEMON_URL: endpoints.daemonUrl,
  PURSER_MONERO_RPC_USER: endpoints.operatorUser,
  PURSER_MONERO_RPC_PASSWORD: endpoints.operatorPassword,
  PURSER_MONERO_START_HEIGHT: String(startHeight),
  PURSER_TOKEN_KEYS: `regtest:${"07".repeat(32)}`,
  PURSER_TRUSTED_PROXIES: "127.0.0.1"
})

/** A ticket that was paid, ten blocks deep, and redeemed. */
export interface Sold {
  readonly payer: RegtestPayer
  readonly token: string
  readonly transactionId: string
}

/** One installation. `served` changes when it is started again. */
export class RegtestOffice {
  readonly site: RegtestSite
  readonly #environment: Environment
  #served: Served | undefined

  constructor(
    site: RegtestSite,
    place: { readonly folder: string; readonly databaseUrl: string | undefined }
  ) {
    this.site = site
    this.#environment = environmentOn(site, place)
  }

  get served(): Served {
    if (this.#served === undefined) throw new Error("the installation does not run")
    return this.#served
  }

  /** Starts it, with other settings where they are given, and waits until it has caught up. */
  async start(settings: Environment = {}): Promise<void> {
    this.#served = await serve({ ...this.#environment, ...settings })
    await ready(this.#served)
  }

  /** Gives it no time for anything. */
  async kill(): Promise<void> {
    await this.#served?.running.kill("SIGKILL")
    this.#served = undefined
  }

  /** A payer with a ticket of their own. */
  payer(): Promise<RegtestPayer> {
    return RegtestPayer.make(this.site.node, this.site.lease.endpoints.operatorAddress)
  }

  /** Sells a ticket. */
  async sell(): Promise<Sold> {
    const payer = await this.payer()
    const transactionId = await payer.pay(priceMinor)
    await this.site.node.mine(confirmations)
    return { payer, token: await payer.redeemed(this.served), transactionId }
  }

  /** Waits until `/readyz` answers the public with that status. */
  readiness(status: 200 | 503): Promise<Answer> {
    return until(this.served.running, async () => {
      const answer = await ask(`${this.served.publicUrl}/readyz`)
      if (answer.status === status) return answer
      await sleep(probeMillis)
      return undefined
    }, patienceMillis)
  }

  /** What an account stands at, in piconero. */
  async balanceMinor(code: string): Promise<bigint> {
    const { stderr, stdout } = await run(["ledger", "balance", code, "--json"], this.#environment)
    assert.match(stdout, /balance_minor/u, stderr)
    return BigInt(JSON.parse(stdout).balance_minor)
  }

  /** Fails unless the books hold in themselves and say what the wallet says; answers how many transfers are in them. */
  async soundTransfers(): Promise<bigint> {
    const [verified, reconciled] = await Promise.all([
      run(["ledger", "verify", "--json"], this.#environment),
      run(["ledger", "reconcile", "monero", "--json"], this.#environment)
    ])
    assert.strictEqual(reconciled.code, 0, reconciled.stdout + reconciled.stderr)
    assert.deepInclude(JSON.parse(reconciled.stdout), { sound: true })
    assert.strictEqual(verified.code, 0, verified.stdout + verified.stderr)
    assert.deepInclude(JSON.parse(verified.stdout), { sound: true })
    return BigInt(JSON.parse(verified.stdout).transfers)
  }
}
