/** Keeps a Monero chain of its own on loopback: a daemon, a payer with money, and operators' wallets. */
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { freePorts } from "./freePorts.ts"
import { type Guarded, guardedFolder } from "./guarded.ts"
import { mine } from "./mine.ts"
import { startDaemon, startWallet, urlOf } from "./programs.ts"
import { rpc } from "./rpc.ts"

/**
 * Where everything answers. Addresses are those of mainnet. The operator's wallet is view-only and asks for user and
 * password; the same wallet with its spend key is open at `spenderUrl`. Payer and spender ask for nothing.
 */
export interface RegtestEndpoints {
  readonly daemonUrl: string
  readonly payerUrl: string
  readonly payerAddress: string
  readonly operatorUrl: string
  readonly operatorUser: string
  readonly operatorPassword: string
  readonly operatorAddress: string
  /** Those with the indices 1 and 2. */
  readonly operatorSubaddresses: ReadonlyArray<string>
  readonly spenderUrl: string
}

/** What can be done to the programs. `killOperator` gives the wallet no time to store anything. */
export interface RegtestDeeds {
  readonly stopDaemon: () => Promise<void>
  readonly startDaemon: () => Promise<void>
  readonly killOperator: () => Promise<void>
  readonly startOperator: () => Promise<void>
}

/** An operator with wallets that nobody has paid yet. */
export interface RegtestOperator extends RegtestDeeds {
  readonly endpoints: RegtestEndpoints
  /** Ends the wallet, and sees to it that the daemon runs. */
  readonly close: () => Promise<void>
}

/** A chain whose payer can pay. */
export interface RegtestChain {
  readonly newOperator: () => Promise<RegtestOperator>
  readonly stop: () => Promise<void>
}

/**
 * 60 until a block's reward is free, and 16 outputs for the first ring. A wallet draws 85 outputs by chance to hide its own
 * among; where there are few more than that, drawing them takes long.
 */
const firstBlocks = 115

const login = { user: "monitor", password: "regtest" }

/** Makes a wallet and opens it; answers its address. */
const createWallet = async (url: string, filename: string): Promise<string> => {
  await rpc(url, "create_wallet", { filename, password: "", language: "English" })
  return (await rpc<{ readonly address: string }>(url, "get_address", { account_index: 0 })).address
}

interface Keys {
  readonly address: string
  readonly viewkey: string
  readonly subaddresses: ReadonlyArray<string>
}

/** A wallet that can spend. */
const createOperator = async (url: string, name: string): Promise<Keys> => {
  const address = await createWallet(url, name)
  const { key: viewkey } = await rpc<{ readonly key: string }>(url, "query_key", { key_type: "view_key" })
  const wanted = { account_index: 0, count: 2 }
  const { addresses } = await rpc<{ readonly addresses: ReadonlyArray<string> }>(url, "create_address", wanted)
  return { address, viewkey, subaddresses: addresses }
}

/** Describes a wallet of the same keys but without the one that spends; its server makes it when it first starts. */
const describeView = (filename: string, { address, viewkey }: Keys): string => {
  const description = { version: 1, filename, scan_from_height: 0, password: "", address, viewkey }
  writeFileSync(`${filename}.json`, JSON.stringify(description))
  return `${filename}.json`
}

class Chain implements RegtestChain {
  readonly #folder = guardedFolder("regtest")
  readonly #ports: { readonly rpc: number; readonly peers: number; readonly payer: number; readonly spender: number }
  #programs: ReadonlyArray<Guarded> = []
  #daemon: Guarded | undefined
  #funding: Promise<unknown> | undefined
  #payerAddress = ""
  #operators = 0

  constructor([rpcPort = 0, peers = 0, payer = 0, spender = 0]: ReadonlyArray<number>) {
    this.#ports = { rpc: rpcPort, peers, payer, spender }
  }

  async start(): Promise<void> {
    await Promise.all([this.#startDaemon(), this.#startWallet("payer"), this.#startWallet("spender")])
    this.#payerAddress = await createWallet(urlOf(this.#ports.payer), "payer")
    this.#funding = this.#fund()
    // Whoever opens an operator waits for the money and is told when that fails.
    this.#funding.catch(() => undefined)
  }

  async #startDaemon(): Promise<void> {
    if (this.#daemon?.isAlive() !== true) this.#daemon = await startDaemon(this.#folder.path, this.#ports)
  }

  async #startWallet(name: "payer" | "spender"): Promise<void> {
    const opens = ["--wallet-dir", this.#folder.path]
    const server = { name, port: this.#ports[name], daemonPort: this.#ports.rpc, opens }
    this.#programs = [...this.#programs, await startWallet(this.#folder.path, server)]
  }

  async #fund(): Promise<void> {
    await mine(urlOf(this.#ports.rpc), this.#payerAddress, firstBlocks)
    await rpc(urlOf(this.#ports.payer), "refresh")
  }

  async newOperator(): Promise<RegtestOperator> {
    const name = `operator-${++this.#operators}`
    const [[port = 0], keys] = await Promise.all([freePorts(1), createOperator(urlOf(this.#ports.spender), name)])
    const file = join(this.#folder.path, `${name}-view`)
    const shared = { name, port, daemonPort: this.#ports.rpc, login: `${login.user}:${login.password}` }
    const start = (opens: ReadonlyArray<string>) => startWallet(this.#folder.path, { ...shared, opens })
    let [wallet] = await Promise.all([start(["--generate-from-json", describeView(file, keys)]), this.#funding])
    return {
      endpoints: this.#endpoints(port, keys),
      stopDaemon: async () => this.#daemon?.end("SIGTERM"),
      startDaemon: () => this.#startDaemon(),
      killOperator: () => wallet.end("SIGKILL"),
      startOperator: async () => {
        wallet = await start(["--wallet-file", file, "--password", ""])
      },
      close: async () => {
        await Promise.all([wallet.end("SIGKILL"), this.#startDaemon()])
      }
    }
  }

  #endpoints(port: number, { address, subaddresses }: Keys): RegtestEndpoints {
    return {
      daemonUrl: urlOf(this.#ports.rpc),
      payerUrl: urlOf(this.#ports.payer),
      payerAddress: this.#payerAddress,
      operatorUrl: urlOf(port),
      operatorUser: login.user,
      operatorPassword: login.password,
      operatorAddress: address,
      operatorSubaddresses: subaddresses,
      spenderUrl: urlOf(this.#ports.spender)
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#programs, this.#daemon].map((program) => program?.end("SIGKILL")))
    await this.#folder.remove()
  }
}

/** Starts the programs and begins to mine the payer's money; the first operator waits for it. */
export const startRegtest = async (): Promise<RegtestChain> => {
  const chain = new Chain(await freePorts(4))
  try {
    await chain.start()
    return chain
  } catch (error) {
    await chain.stop()
    throw error
  }
}
