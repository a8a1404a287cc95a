/** Begins to answer a request: names it, and finds out whom it is counted for. */
import type { Door } from "@purser/contract"
import type * as Clock from "effect/Clock"
import type { IncomingMessage, ServerResponse } from "node:http"
import { callerOf, plainAddress } from "../given/callerOf.ts"
import { correlationIdOf } from "../given/correlationId.ts"
import { type TrustedProxies, unixPeer } from "../given/TrustedProxies.ts"
import type { Exchange } from "./Exchange.ts"

const header = (value: string | Array<string> | undefined): string | undefined =>
  typeof value === "object" ? value.join(", ") : value

/** What a door knows of all its callers. */
export interface Surroundings {
  readonly door: Door
  readonly proxies: TrustedProxies
  readonly clock: Clock.Clock
  /** The header, in lower case, that trusted proxies say the caller's region in; undefined where none does. */
  readonly regionHeader: string | undefined
}

const regionHint = (request: IncomingMessage, { proxies, regionHeader }: Surroundings): string | undefined => {
  const said = regionHeader === undefined ? undefined : header(request.headers[regionHeader])
  return said !== undefined && proxies.trusts(plainAddress(request.socket.remoteAddress ?? unixPeer)) ? said : undefined
}

/** A request at its beginning. */
export const openExchange = (
  request: IncomingMessage,
  response: ServerResponse,
  surroundings: Surroundings
): Exchange => {
  const { clock, door, proxies } = surroundings
  const { headers } = request
  const peer = request.socket.remoteAddress
  const caller = callerOf(proxies.addressOf({
    peer,
    xForwardedFor: header(headers["x-forwarded-for"]),
    forwarded: headers.forwarded
  }))
  return {
    request,
    response,
    correlationId: correlationIdOf(headers),
    caller,
    cookieHeader: headers.cookie,
    acceptLanguage: headers["accept-language"],
    regionHint: regionHint(request, surroundings),
    isTrusted: door === "internal" || headers.traceparent !== undefined && proxies.trusts(peer ?? unixPeer),
    nowMillis: clock.currentTimeMillisUnsafe(),
    startedNanos: clock.currentTimeNanosUnsafe(),
    principal: caller,
    quota: undefined,
    isAnswered: false
  }
}
