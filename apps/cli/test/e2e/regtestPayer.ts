/** Buys a ticket as a payer does: makes it, pays its address from a real wallet, and asks until it is redeemed. */
import { assert } from "@effect/vitest"
import { newTicketFile, RandomBytes, type TicketFile } from "@purser/domain/tickets"
import { layerScryptNode } from "@purser/runtime/scrypt"
import * as Effect from "effect/Effect"
import { setTimeout as sleep } from "node:timers/promises"
import type { RegtestNode } from "../../../../packages/jobs/test/chain/RegtestNode.ts"
import { type Answer, ask, post, type Served } from "./installation.ts"
import { until } from "./program.ts"

/** Fields of a body that is waited for, with their values. */
type Fields = Readonly<Record<string, string | number>>

const patienceMillis = 90_000
/** Slow enough for the quotas of a minute. */
const pauseMillis = 100

const has = ({ body }: Answer, fields: Fields): boolean =>
  Object.entries(fields).every(([name, value]) => body[name] === value)

let payers = 0

/** Each payer has an address of its own behind the proxy of the tests, so that the misses of one do not slow others down. */
const nextAddress = (): string => {
  payers += 1
  return `10.20.${Math.floor(payers / 250)}.${payers % 250 + 1}`
}

/** One ticket in the hands of its payer. The installation may be another at every call: it is killed and comes back. */
export class RegtestPayer {
  readonly ticket: TicketFile
  readonly #node: RegtestNode
  readonly #headers = { "x-forwarded-for": nextAddress() }

  private constructor(ticket: TicketFile, node: RegtestNode) {
    this.ticket = ticket
    this.#node = node
  }

  /** Makes the ticket of a fresh secret. */
  static async make(node: RegtestNode, primaryAddress: string): Promise<RegtestPayer> {
    const made = newTicketFile({ primaryAddress })
    const ticket = Effect.provide(made, [RandomBytes.layerWebCrypto(crypto), layerScryptNode])
    return new RegtestPayer(await Effect.runPromise(ticket), node)
  }

  /** Pays the ticket's address into the pool; answers the transaction id. */
  pay(amountMinor: bigint, unlockTime = 0n): Promise<string> {
    return this.#node.pay([{ address: this.ticket.address, amount: amountMinor }], unlockTime)
  }

  /** Redeems once. */
  redeem({ publicUrl }: Served): Promise<Answer> {
    const { payment_id, pid } = this.ticket
    return post(`${publicUrl}/api/v1/redeem`, { pid, payment_id }, this.#headers)
  }

  /** Redeems without the id that was made with the ticket. */
  redeemWithoutId({ publicUrl }: Served): Promise<Answer> {
    return post(`${publicUrl}/api/v1/redeem`, { pid: this.ticket.pid }, this.#headers)
  }

  /** Redeems until the answer is the one that is wanted, and asks as late as the server says where it does. */
  async redeemUntil(served: Served, status: number, fields: Fields = {}): Promise<Answer> {
    let last: Answer | undefined
    try {
      return await until(served.running, async () => {
        last = await this.redeem(served)
        if (last.status === status && has(last, fields)) return last
        await sleep(last.status === 429 ? 1000 * Number(last.headers.get("retry-after")) : pauseMillis)
        return undefined
      }, patienceMillis)
    } catch (cause) {
      throw new Error(`wanted ${status} ${JSON.stringify(fields)}, last ${last?.status} ${last?.text}`, { cause })
    }
  }

  /** Redeems for the token. */
  async redeemed(served: Served): Promise<string> {
    const { body } = await this.redeemUntil(served, 200)
    assert.match(body.service_token ?? "", /^[0-9a-f]{64}$/u)
    return body.service_token!
  }
}

/** A token as it is told to services. */
export type TokenFields = Readonly<Record<string, unknown>>

/** Looks at a token as a service does that is shown one. */
export const lookAt = async ({ publicUrl }: Served, token: string): Promise<TokenFields> => {
  const { body, status } = await ask(`${publicUrl}/api/v1/token/${token}`)
  assert.strictEqual(status, 200)
  return body
}

/** Looks at a token until it stands so. */
export const standsAt = (served: Served, token: string, status: string): Promise<TokenFields> =>
  until(served.running, async () => {
    const fields = await lookAt(served, token)
    if (fields.status === status) return fields
    await sleep(pauseMillis)
    return undefined
  }, patienceMillis)
