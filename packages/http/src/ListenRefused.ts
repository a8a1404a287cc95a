/** Says why a server can not listen. */
import * as Data from "effect/Data"
import { type Listener, print } from "./Listener.ts"

/**
 * - `AddressInUse`: another process has the port.
 * - `SocketInUse`: another process answers on the socket.
 * - `NotASocket`: something else than a socket is at the path; it is left alone.
 * - `FolderMissing`: the folder of the socket does not exist.
 * - `PermissionDenied`: the process may not listen there.
 * - `AddressNotAvailable`: the machine does not have the address, or does not know the name.
 * - `Unknown`: anything else; `code` is the system's.
 */
export type ListenProblem =
  | "AddressInUse"
  | "SocketInUse"
  | "NotASocket"
  | "FolderMissing"
  | "PermissionDenied"
  | "AddressNotAvailable"
  | "Unknown"

/** A server can not listen where it was told to. An operator has to look. */
export class ListenRefused extends Data.TaggedError("ListenRefused")<{
  readonly listener: Listener
  readonly reason: ListenProblem
  readonly code: string
}> {
  override get message(): string {
    return `${print(this.listener)}: ${this.reason} (${this.code})`
  }
}
