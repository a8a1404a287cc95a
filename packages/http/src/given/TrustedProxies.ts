/** Believes forwarded addresses only from proxies that the operator named. */
import * as Data from "effect/Data"
import * as Result from "effect/Result"
import { BlockList, isIP } from "node:net"
import { plainAddress } from "./callerOf.ts"

/** An entry that is no address, no range and not `unix`. */
export class TrustedProxyMalformed extends Data.TaggedError("TrustedProxyMalformed")<{ readonly entry: string }> {
  override get message(): string {
    return `${this.entry}: expected an address, a range such as 10.0.0.0/8, or unix`
  }
}

/** What a request carries about where it came from. */
export interface Hops {
  /** The peer of the connection; undefined on a Unix socket. */
  readonly peer: string | undefined
  readonly xForwardedFor: string | undefined
  readonly forwarded: string | undefined
}

/** What stands for a peer on a Unix socket. */
export const unixPeer = "unix"

/** The proxies of one installation. */
export interface TrustedProxies {
  readonly trusts: (address: string) => boolean
  /**
   * Where a request came from: the peer, unless it is a trusted proxy; then the right-most hop that is not. When both
   * headers are there and disagree, one of them came from the caller, and the peer is answered.
   */
  readonly addressOf: (hops: Hops) => string
}

const familyOf = (address: string): "ipv4" | "ipv6" => isIP(address) === 6 ? "ipv6" : "ipv4"

const add = (list: BlockList, entry: string): boolean => {
  const [address = "", bits, more] = entry.split("/")
  const version = isIP(address)
  if (version === 0 || more !== undefined) return false
  if (bits === undefined) {
    list.addAddress(address, familyOf(address))
    return true
  }
  if (!/^\d{1,3}$/u.test(bits) || Number(bits) > (version === 4 ? 32 : 128)) return false
  list.addSubnet(address, Number(bits), familyOf(address))
  return true
}

/** `for=` of each element of a `Forwarded` header (RFC 7239); what is no address stays as it is and is never trusted. */
const forwardedHops = (header: string): ReadonlyArray<string> =>
  header.split(",").map((element) =>
    /(?:^|;)\s*for=("[^"]*"|[^;,\s]*)/iu.exec(element)?.[1]?.replaceAll("\"", "") ?? ""
  )

/** Without port and brackets. */
const bare = (hop: string): string => {
  const trimmed = hop.trim()
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/u.exec(trimmed)?.[1]
  return plainAddress(bracketed ?? trimmed.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/u, "$1"))
}

const originOf = (hops: ReadonlyArray<string>, trusts: (address: string) => boolean): string | undefined => {
  for (const hop of hops.map(bare).toReversed()) {
    if (isIP(hop) === 0) return undefined
    if (!trusts(hop)) return hop
  }
  return undefined
}

const agreed = (origins: ReadonlyArray<string | undefined>): string | undefined =>
  origins.every((origin) => origin === origins[0]) ? origins[0] : undefined

const make = (list: BlockList, trustsUnix: boolean): TrustedProxies => {
  const trusts = (address: string): boolean =>
    address === unixPeer ? trustsUnix : isIP(address) !== 0 && list.check(address, familyOf(address))
  return {
    trusts,
    addressOf: ({ forwarded, peer, xForwardedFor }) => {
      const from = peer === undefined ? unixPeer : plainAddress(peer)
      if (xForwardedFor === undefined && forwarded === undefined || !trusts(from)) return from
      const claims = [
        ...xForwardedFor === undefined ? [] : [originOf(xForwardedFor.split(","), trusts)],
        ...forwarded === undefined ? [] : [originOf(forwardedHops(forwarded), trusts)]
      ]
      return agreed(claims) ?? from
    }
  }
}

/** Reads addresses, ranges (IPv4 and IPv6) and `unix`. None given: no header is believed. */
export const parseTrustedProxies = (
  entries: ReadonlyArray<string>
): Result.Result<TrustedProxies, TrustedProxyMalformed> => {
  const list = new BlockList()
  const bad = entries.filter((entry) => entry !== unixPeer).find((entry) => !add(list, entry))
  return bad === undefined
    ? Result.succeed(make(list, entries.includes(unixPeer)))
    : Result.fail(new TrustedProxyMalformed({ entry: bad }))
}
