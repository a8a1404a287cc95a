/** Mines on a chain whose difficulty is 1, where the first try of every block is good enough. */
import { rpc } from "./rpc.ts"

interface Template {
  readonly blocktemplate_blob: string
}

/**
 * Mines so many blocks, the pool in the first, their rewards to `address`. Hands the templates back as they are: the
 * daemon's own `generateblocks` looks for a nonce first, which costs as much again.
 */
export const mine = async (daemonUrl: string, address: string, blocks: number): Promise<void> => {
  const wanted = { wallet_address: address, reserve_size: 1 }
  for (let mined = 0; mined < blocks; mined++) {
    const { blocktemplate_blob: blob } = await rpc<Template>(daemonUrl, "get_block_template", wanted)
    await rpc(daemonUrl, "submit_block", [blob])
  }
}
