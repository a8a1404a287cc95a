/** Knows how monerod and monero-wallet-rpc are started for a chain of their own on loopback. */
import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { type Guarded, startGuarded } from "./guarded.ts"
import { whenUp } from "./rpc.ts"

const host = "127.0.0.1"
const walletProgram = "monero-wallet-rpc"

/** The address of a program on `port`. */
export const urlOf = (port: number): string => `http://${host}:${port}`

/** Starts a daemon on the chain in `folder`, which it makes where there is none; ready when it answers. */
export const startDaemon = async (
  folder: string,
  ports: { readonly rpc: number; readonly peers: number }
): Promise<Guarded> => {
  const command = [
    ["monerod", "--regtest", "--offline", "--keep-fakechain", "--fixed-difficulty", "1"],
    ["--data-dir", join(folder, "chain"), "--log-file", join(folder, "monerod.log"), "--log-level", "0"],
    ["--rpc-bind-ip", host, "--rpc-bind-port", String(ports.rpc), "--rpc-ssl", "disabled"],
    ["--p2p-bind-ip", host, "--p2p-bind-port", String(ports.peers), "--no-igd", "--no-zmq", "--hide-my-port"],
    ["--disable-dns-checkpoints", "--check-updates", "disabled", "--non-interactive"]
  ]
  const daemon = await startGuarded(command.flat(), join(folder, "monerod.out"))
  await whenUp(urlOf(ports.rpc), daemon.isAlive)
  return daemon
}

/** From 0.18.1.1 a wallet refuses a regtest without this flag; before, it did not know it. */
const mismatch = (): ReadonlyArray<string> => {
  const flag = "--allow-mismatched-daemon-version"
  const text = execFileSync(walletProgram, ["--help"], { encoding: "utf8" })
  return text.includes(flag) ? [flag] : []
}

/** A wallet server: where, behind which daemon, and which wallets or wallet it opens. */
export interface WalletServer {
  readonly name: string
  readonly port: number
  readonly daemonPort: number
  readonly opens: ReadonlyArray<string>
  /** `user:password` for HTTP Digest; none unless given. */
  readonly login?: string
}

/** Starts a wallet server that keeps its files in `folder`; ready when it answers. */
export const startWallet = async (folder: string, server: WalletServer): Promise<Guarded> => {
  const command = [
    [walletProgram, ...mismatch(), ...server.opens],
    ["--daemon-address", `${host}:${server.daemonPort}`, "--trusted-daemon", "--daemon-ssl", "disabled"],
    ["--rpc-bind-ip", host, "--rpc-bind-port", String(server.port), "--rpc-ssl", "disabled"],
    server.login === undefined ? ["--disable-rpc-login"] : ["--rpc-login", server.login],
    ["--shared-ringdb-dir", join(folder, `${server.name}-rings`), "--no-dns", "--non-interactive"],
    ["--log-file", join(folder, `${server.name}.log`), "--log-level", "0"]
  ]
  const wallet = await startGuarded(command.flat(), join(folder, `${server.name}.out`))
  await whenUp(urlOf(server.port), wallet.isAlive)
  return wallet
}
