/** Tells callers apart by network address, so that quotas can be kept for each. */

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/iu

/** Writes an IPv4 address that came in IPv6 clothing plainly, and drops a zone (`%eth0`). */
export const plainAddress = (address: string): string => {
  if (!address.includes(":")) return address
  const zone = address.indexOf("%")
  const bare = zone === -1 ? address : address.slice(0, zone)
  return mapped.exec(bare)?.[1] ?? bare
}

const networkGroups = 4

/** The first 64 bits of an IPv6 address, which one subscriber has all of. */
const network = (address: string): string => {
  const [head = "", tail] = address.toLowerCase().split("::")
  const front = head === "" ? [] : head.split(":")
  const back = tail === undefined || tail === "" ? [] : tail.split(":")
  const gap = tail === undefined ? 0 : 8 - front.length - back.length
  const groups = [...front, ...Array.from({ length: Math.max(0, gap) }, () => "0"), ...back]
  return `${groups.slice(0, networkGroups).map((group) => group.replace(/^0+(?=.)/u, "")).join(":")}::/64`
}

/** Whom requests from an address are counted for: itself in IPv4, its /64 in IPv6. `unix` stands for socket peers. */
export const callerOf = (address: string): string => {
  const plain = plainAddress(address)
  return plain.includes(":") ? network(plain) : plain
}
