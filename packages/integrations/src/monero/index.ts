/** Gathers Monero: the client of wallet and daemon, and how what they show is read. */
export { type DaemonInfo, MoneroDaemon } from "./MoneroDaemon.ts"
export {
  type MoneroError,
  MoneroMalformed,
  MoneroRefused,
  MoneroUnauthorized,
  MoneroUnavailable,
  type Party
} from "./MoneroError.ts"
export { type Incoming, MoneroWallet } from "./MoneroWallet.ts"
export { observe, observeAll } from "./observe.ts"
export type { RpcOptions } from "./rpc/RpcOptions.ts"
export type { TransferEntry } from "./Wire.ts"
