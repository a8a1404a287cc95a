/** Finds out which origin the pages of a door have to browsers. */
import type { IncomingHttpHeaders } from "node:http"

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u

const hostOf = (host: string): URL | undefined => URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : undefined

/**
 * The origin of `url`, for every request. Where that is this machine, without TLS, both doors have its name and differ by
 * their port only: then it is the one that the browser asked for, if it asked for that name. A page that had the name of
 * another host made to point here is told by that name.
 */
export const ownOriginOf = (url: string): (headers: IncomingHttpHeaders) => string => {
  const { hostname, origin, protocol } = new URL(url)
  if (protocol !== "http:" || !loopback.test(hostname)) return () => origin
  return ({ host }) => {
    const asked = host === undefined ? undefined : hostOf(host)
    return asked?.hostname === hostname ? asked.origin : origin
  }
}
