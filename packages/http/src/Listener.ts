/** Names where a server listens: a TCP address or the path of a Unix socket. */
import * as Data from "effect/Data"
import * as Result from "effect/Result"
import { isIP, isIPv6 } from "node:net"

/** `host` is an IP address or a host name, without brackets; `port` 0 to 65,535, where 0 takes a free one. */
export type Listener =
  | { readonly _tag: "tcp"; readonly host: string; readonly port: number }
  | { readonly _tag: "unix"; readonly path: string }

/** Not `host:port`, `[IPv6]:port` or `unix:/path`. */
export class ListenerMalformed extends Data.TaggedError("ListenerMalformed")<{ readonly problem: string }> {
  override get message(): string {
    return this.problem
  }
}

/** Most bytes of a socket's path that every system accepts (`sun_path` holds 104 on some, with a zero at the end). */
const pathBytesMaximum = 103
const portMaximum = 65_535

const malformed = (problem: string): Result.Result<never, ListenerMalformed> =>
  Result.fail(new ListenerMalformed({ problem }))

const parseUnix = (path: string): Result.Result<Listener, ListenerMalformed> => {
  if (!path.startsWith("/") || path.endsWith("/") || path.includes("\0")) {
    return malformed("a socket's path begins with / and names a file")
  }
  return Buffer.byteLength(path) > pathBytesMaximum
    ? malformed(`a socket's path has at most ${pathBytesMaximum} bytes`)
    : Result.succeed({ _tag: "unix", path })
}

const hostName =
  /^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/u

/** A name whose last label is a number would be read as an IPv4 address, so it has to be one. */
const isHost = (host: string): boolean => isIP(host) === 4 || hostName.test(host) && !/(?:^|\.)\d+$/u.test(host)

const parseTcp = (text: string): Result.Result<Listener, ListenerMalformed> => {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]*)\]|([^:]*)):(\d{1,5})$/u.exec(text) ?? []
  const port = Number(digits)
  if (digits === undefined || port > portMaximum) return malformed("expected host:port, [IPv6]:port or unix:/path")
  const host = bracketed ?? plain ?? ""
  const isFit = bracketed === undefined ? isHost(host) : isIPv6(host)
  return isFit ? Result.succeed({ _tag: "tcp", host, port }) : malformed("the host is no address and no host name")
}

/** Reads `host:port`, `[IPv6]:port` or `unix:/path` with an absolute path of at most 103 bytes. */
export const parse = (text: string): Result.Result<Listener, ListenerMalformed> =>
  text.startsWith("unix:") ? parseUnix(text.slice("unix:".length)) : parseTcp(text)

/** Prints what `parse` reads. */
export const print = (listener: Listener): string => {
  if (listener._tag === "unix") return `unix:${listener.path}`
  return listener.host.includes(":") ? `[${listener.host}]:${listener.port}` : `${listener.host}:${listener.port}`
}
