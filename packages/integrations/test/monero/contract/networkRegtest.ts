/** Puts a real monerod, a payer and a view-only wallet behind the contract's network. */
import type { RpcOptions } from "@purser/integrations/monero"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type { RegtestEndpoints } from "../../../../../scripts/testing/regtest/chain.ts"
import { leaseRegtest } from "../../../../../scripts/testing/regtest/lease.ts"
import { ask, rpc } from "../../../../../scripts/testing/regtest/rpc.ts"
import { makeJsonRpc } from "../../../src/monero/rpc/JsonRpc.ts"
import { Network, type Output } from "./Network.ts"

interface Waiting {
  readonly tx_hashes?: ReadonlyArray<string>
}

interface Known {
  readonly txs: ReadonlyArray<{ readonly as_hex: string }>
}

const pay = async ({ payerUrl }: RegtestEndpoints, outputs: ReadonlyArray<Output>, unlockTime: bigint) => {
  await rpc(payerUrl, "refresh")
  const destinations = outputs.map(({ address, amountMinor: amount }) => ({ address, amount }))
  const { tx_hash: id } = await rpc<{ readonly tx_hash: string }>(payerUrl, "transfer", {
    destinations,
    unlock_time: unlockTime
  })
  return id
}

const mine = ({ daemonUrl }: RegtestEndpoints, blocks: number, address: string) =>
  rpc(daemonUrl, "generateblocks", { amount_of_blocks: blocks, wallet_address: address, starting_nonce: 0 })

const waiting = async ({ daemonUrl }: RegtestEndpoints): Promise<ReadonlyArray<string>> => {
  const { tx_hashes: ids = [] } = await ask<Waiting>(daemonUrl, "/get_transaction_pool_hashes")
  if (ids.length === 0) return []
  return (await ask<Known>(daemonUrl, "/get_transactions", { txs_hashes: ids })).txs.map(({ as_hex }) => as_hex)
}

/** Mining takes the pool in, so it is emptied and filled again afterwards. */
const reorganise = async (at: RegtestEndpoints, depth: number, fate: "pool" | "lost"): Promise<void> => {
  const before = await waiting(at)
  await ask(at.daemonUrl, "/pop_blocks", { nblocks: depth })
  const after = fate === "pool" ? await waiting(at) : before
  await rpc(at.daemonUrl, "flush_txpool")
  await mine(at, depth + 1, at.payerAddress)
  for (const blob of after) {
    const { status } = await ask<{ readonly status: string }>(at.daemonUrl, "/send_raw_transaction", {
      tx_as_hex: blob
    })
    if (status !== "OK") throw new Error(`a transaction is not taken back: ${status}`)
  }
}

/** The wallet looks by itself every 20 s unless told otherwise; the contract says when it looks. */
const keepStill = (wallet: RpcOptions) =>
  Effect.scoped(
    Effect.flatMap(makeJsonRpc("wallet", wallet), ({ call }) =>
      call({ method: "auto_refresh", parameters: { enable: false }, result: Schema.Unknown }))
  )

/** A wallet draws some 85 outputs by chance to hide its own among; from few more than that it draws for minutes. */
const plenty = 30

/** The chain of this run, for as long as the layer lives, with a wallet that nobody has paid; `port` as injected. */
export const networkRegtest = (port: number): Layer.Layer<Network> =>
  Layer.effect(
    Network,
    Effect.gen(function*() {
      const lease = yield* Effect.acquireRelease(
        Effect.promise(() => leaseRegtest(port)),
        (held) => Effect.promise(held.release)
      )
      const at = lease.endpoints
      const password = Redacted.make(at.operatorPassword)
      const wallet = { url: at.operatorUrl, user: at.operatorUser, password }
      yield* Effect.orDie(keepStill(wallet))
      yield* Effect.promise(() => mine(at, plenty, at.payerAddress))
      return {
        wallet,
        daemon: { url: at.daemonUrl },
        primaryAddress: at.operatorAddress,
        subaddresses: at.operatorSubaddresses,
        pay: (outputs, unlockTime = 0n) => Effect.promise(() => pay(at, outputs, unlockTime)),
        mine: (blocks) => Effect.promise(() => mine(at, blocks, at.payerAddress)),
        mineReward: Effect.promise(() => mine(at, 1, at.operatorAddress)),
        reorganise: (depth, fate) => Effect.promise(() => reorganise(at, depth, fate)),
        stopDaemon: Effect.promise(lease.stopDaemon),
        startDaemon: Effect.promise(lease.startDaemon)
      }
    })
  )
