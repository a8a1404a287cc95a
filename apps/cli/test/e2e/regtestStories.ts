/** Tells over HTTP and the command line what happens to tickets on a real chain, one story after the other. */
import { assert } from "@effect/vitest"
import { ask, internalKey, post } from "./installation.ts"
import { confirmations, priceMinor, type RegtestOffice, type Sold } from "./regtestOffice.ts"
import { lookAt, standsAt } from "./regtestPayer.ts"
import { startTap } from "./regtestTap.ts"

/** A story: its title, and what happens. */
export type Story = readonly [title: string, tell: (office: RegtestOffice) => Promise<void>]

const price = String(priceMinor)
/** How far below its cursor the monitor reads again. */
const recheckDepth = 60
/** A block that the chain of a test never reaches. */
const farBlock = 1_000_000n

const sells: Story = ["TK-1 TK-9 sells the first ticket", async (office) => {
  const { node } = office.site
  const payer = await office.payer()
  const unseen = await payer.redeem(office.served)
  assert.strictEqual(unseen.status, 404)
  assert.strictEqual(unseen.body.code, "ticket_not_found")

  await payer.pay(priceMinor)
  await payer.redeemUntil(office.served, 202, { state: "pool", confirmations: 0, required: confirmations })
  await node.mine(1)
  await payer.redeemUntil(office.served, 202, { state: "confirming", confirmations: 1, required: confirmations })
  await node.mine(confirmations - 2)
  await payer.redeemUntil(office.served, 202, { state: "confirming", confirmations: confirmations - 1 })
  await node.mine(1)
  const first = await payer.redeemUntil(office.served, 200)
  assert.deepInclude(first.body, { status: "success", balance: price })

  const token = first.body.service_token!
  const again = { status: "already_claimed", service_token: token, balance: price }
  assert.deepStrictEqual((await payer.redeem(office.served)).body, again)
  assert.deepStrictEqual((await payer.redeemWithoutId(office.served)).body, again)
  assert.deepInclude(await lookAt(office.served, token), { status: "active", amount: price })
  const [claimedMinor] = await Promise.all([office.balanceMinor("tickets:claimed"), office.soundTransfers()])
  assert.strictEqual(claimedMinor, priceMinor)
}]

const revokes: Story = ["TK-2 TK-3 revokes a token on the internal door only", async (office) => {
  const { payer, token } = await office.sell()
  const { internalUrl, publicUrl } = office.served
  const path = `/api/v1/token/${token}/revoke`
  const revoke = (url: string, key: string | undefined, score: number) =>
    post(
      `${url}${path}`,
      { reason: "resold", abuse_score: score },
      key === undefined ? {} : {
        authorization: `Bearer ${key}`
      }
    )
  assert.strictEqual((await revoke(publicUrl, internalKey, 7)).status, 404)
  assert.strictEqual((await revoke(internalUrl, undefined, 7)).status, 401)
  assert.strictEqual((await revoke(internalUrl, "another-key-of-enough-characters", 7)).status, 401)
  assert.deepInclude(await lookAt(office.served, token), { status: "active", revoked_at: null })

  const revoked = await revoke(internalUrl, internalKey, 7)
  assert.strictEqual(revoked.status, 200)
  const taken = await lookAt(office.served, token)
  assert.deepInclude(taken, { status: "revoked", abuse_score: 7, amount: price })
  assert.isString(taken.revoked_at)
  assert.deepStrictEqual<unknown>(revoked.body, taken)
  // The first revocation wins.
  assert.deepStrictEqual<unknown>((await revoke(internalUrl, internalKey, 9)).body, taken)
  assert.deepStrictEqual(await lookAt(office.served, token), taken)
  assert.deepInclude((await payer.redeem(office.served)).body, { status: "already_claimed", service_token: token })
}]

const adds: Story = ["TK-1 TK-6 adds a top-up, and what is paid twice", async (office) => {
  const { node } = office.site
  const [short, twice] = [await office.payer(), await office.payer()]
  await short.pay(priceMinor / 4n)
  await twice.pay(priceMinor)
  await node.mine(confirmations)
  const token = await twice.redeemed(office.served)
  const lacking = await short.redeemUntil(office.served, 402, { received: String(priceMinor / 4n), required: price })
  assert.strictEqual(lacking.body.code, "ticket_underpaid")

  await short.pay(priceMinor * 3n / 4n)
  await twice.pay(priceMinor * 2n)
  await short.redeemUntil(office.served, 202, { state: "pool" })
  assert.deepInclude((await twice.redeem(office.served)).body, { status: "already_claimed", balance: price })
  await node.mine(confirmations)
  await short.redeemUntil(office.served, 200, { status: "success", balance: price })
  const threefold = String(priceMinor * 3n)
  await twice.redeemUntil(office.served, 200, { service_token: token, balance: threefold })
  assert.deepInclude(await lookAt(office.served, token), { status: "active", amount: threefold })
}]

const withholds: Story = ["TK-6 TK-9 never credits what is time-locked", async (office) => {
  const locked = await office.payer()
  await locked.pay(priceMinor, farBlock)
  const nothing = { received: "0", required: price }
  await locked.redeemUntil(office.served, 402, nothing)
  // Another ticket in the same block shows when this one would have been credited.
  await office.sell()
  await locked.redeemUntil(office.served, 402, nothing)
  const [withheldMinor] = await Promise.all([office.balanceMinor("monero:withheld"), office.soundTransfers()])
  assert.strictEqual(withheldMinor, priceMinor)
}]

const reorganisesThree: Story = ["TK-7 TK-9 TK-15 takes back what three blocks held", async (office) => {
  const { node } = office.site
  const { token } = await office.sell()
  const payer = await office.payer()
  const transactionId = await payer.pay(priceMinor)
  await payer.redeemUntil(office.served, 202, { state: "pool" })
  await node.mine(3)
  await payer.redeemUntil(office.served, 202, { state: "confirming", confirmations: 3 })
  await node.reorganise(3, "lost")
  await payer.redeemUntil(office.served, 402, { received: "0", required: price })
  await office.soundTransfers()
  assert.deepInclude(await lookAt(office.served, token), { status: "active", amount: price })

  // The wallet shows a transaction that it has scanned in the pool before only once it is in a block again.
  await node.resend(transactionId)
  await node.mine(1)
  await payer.redeemUntil(office.served, 202, { state: "confirming", confirmations: 1 })
  await node.mine(confirmations - 1)
  await payer.redeemUntil(office.served, 200, { status: "success", balance: price })
}]

const reorganisesTwelve: Story = ["TK-2 TK-7 TK-9 TK-15 suspends a token and restores it", async (office) => {
  const { node } = office.site
  // Blocks that bring the stories before out of reach.
  await node.mine(2)
  const { payer, token, transactionId } = await office.sell()
  const [beforeMinor] = await Promise.all([office.balanceMinor("tickets:claimed"), node.mine(2)])
  await node.reorganise(12, "lost")
  assert.deepInclude(await standsAt(office.served, token, "suspended"), { amount: "0", revoked_at: null })
  assert.deepInclude((await payer.redeem(office.served)).body, {
    status: "already_claimed",
    service_token: token,
    balance: "0"
  })
  const [claimedMinor] = await Promise.all([office.balanceMinor("tickets:claimed"), office.soundTransfers()])
  assert.strictEqual(claimedMinor, beforeMinor - priceMinor)

  await node.resend(transactionId)
  await node.mine(confirmations - 1)
  const waiting = await office.payer()
  await waiting.pay(priceMinor)
  await waiting.redeemUntil(office.served, 202, { state: "pool" })
  assert.deepInclude(await lookAt(office.served, token), { status: "suspended" })
  await node.mine(1)
  assert.deepInclude(await standsAt(office.served, token, "active"), { amount: price })
  assert.deepInclude((await payer.redeem(office.served)).body, { service_token: token, balance: price })
  await office.soundTransfers()
}]

const told = (text: string): Readonly<Record<string, { readonly state: string; readonly detail?: string }>> => {
  const { checks } = JSON.parse(text) as {
    readonly checks: ReadonlyArray<{ readonly name: string; readonly state: string; readonly detail?: string }>
  }
  return Object.fromEntries(checks.map(({ name, ...check }) => [name, check]))
}

const seesDaemonDown = async (office: RegtestOffice, { payer, token }: Sold): Promise<void> => {
  const down = await office.readiness(503)
  assert.deepInclude(down.body, { code: "not_ready", state: "down" })
  assert.deepStrictEqual(told(down.text), {
    database: { state: "ok" },
    monero: { state: "down" },
    books: { state: "ok" }
  })
  const inside = told((await ask(`${office.served.internalUrl}/readyz`)).text)
  assert.strictEqual(inside.monero?.state, "down")
  assert.match(inside.monero?.detail ?? "", /^Monero\w+: (?:wallet|daemon): /u)
  assert.strictEqual((await ask(`${office.served.publicUrl}/livez`)).status, 200)
  // What is in the books needs no daemon.
  assert.deepInclude((await payer.redeem(office.served)).body, { status: "already_claimed", service_token: token })
  assert.deepInclude(await lookAt(office.served, token), { status: "active" })
}

const outlivesDaemon: Story = ["PF-2 TK-5 TK-15 says that the daemon is down, and that it is back", async (office) => {
  const { lease, node } = office.site
  const sold = await office.sell()
  const late = await office.payer()
  await late.pay(priceMinor)
  await late.redeemUntil(office.served, 202, { state: "pool" })
  await lease.stopDaemon()
  try {
    await seesDaemonDown(office, sold)
  } finally {
    await lease.startDaemon()
  }
  const up = await office.readiness(200)
  assert.deepStrictEqual(told(up.text), {
    database: { state: "ok" },
    monero: { state: "ok" },
    books: { state: "ok" }
  })
  await node.mine(confirmations)
  await late.redeemUntil(office.served, 200, { status: "success", balance: price })
}]

const outlivesKill: Story = ["TK-5 TK-9 resumes at its cursor after kill -9", async (office) => {
  const { lease, node, startHeight } = office.site
  // From here on the part that is read again ends above the start.
  await node.mine(Math.max(1, startHeight + recheckDepth + 2 - await node.height()))
  const before = await office.sell()
  const payer = await office.payer()
  await payer.pay(priceMinor)
  await node.mine(3)
  await payer.redeemUntil(office.served, 202, { state: "confirming", confirmations: 3 })
  const height = await node.height()
  await office.kill()
  const transfers = await office.soundTransfers()

  const unseen = await office.payer()
  await unseen.pay(priceMinor)
  await node.mine(confirmations)
  const tap = await startTap(lease.endpoints.operatorUrl)
  try {
    await office.start({ PURSER_MONERO_WALLET_RPC_URL: tap.url })
    // The cursor is the last block that was read, and the wallet takes heights as exclusive.
    assert.strictEqual(tap.heights()[0], height - 1 - recheckDepth - 1)
    assert.isAbove(height - 1 - recheckDepth, startHeight)
    await payer.redeemUntil(office.served, 200, { status: "success", balance: price })
    await unseen.redeemUntil(office.served, 200, { status: "success", balance: price })
    assert.deepInclude((await before.payer.redeem(office.served)).body, {
      status: "already_claimed",
      service_token: before.token,
      balance: price
    })
    // Credited and claimed; received, credited and claimed.
    assert.strictEqual(await office.soundTransfers(), transfers + 5n)
  } finally {
    await office.kill()
    await tap.close()
  }
}]

/** Every story; the first one finds empty books, the last one leaves the installation dead. */
export const stories: ReadonlyArray<Story> = [
  sells,
  revokes,
  adds,
  withholds,
  reorganisesThree,
  reorganisesTwelve,
  outlivesDaemon,
  outlivesKill
]

/** Those where it matters what database the books are in. */
export const storiesOfBooks: ReadonlyArray<Story> = [sells, revokes, reorganisesTwelve, outlivesKill]
