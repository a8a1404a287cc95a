/** Answers HTTP Digest challenges as Monero poses them: RFC 7616 with MD5 and qop "auth". */
import { createHash, randomBytes } from "node:crypto"

/** What a server asks with a 401. `isStale`: the last proof was right, only its nonce was not. */
export interface Challenge {
  readonly realm: string
  readonly nonce: string
  readonly isStale: boolean
}

/** Who asks, for what. `count` counts the uses of the nonce from 1. */
export interface DigestRequest {
  readonly user: string
  readonly password: string
  readonly method: string
  readonly path: string
  readonly count: number
}

const md5 = (text: string): string => createHash("md5").update(text).digest("hex")

const parameter = /([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/gu

/** The parameters of a Digest header; names in lower case, quotes removed. */
export const parseDigest = (header: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...header.replace(/^Digest\s+/iu, "").matchAll(parameter)]
      .map(([, name = "", quoted, plain]) => [name.toLowerCase(), quoted?.replaceAll(/\\(.)/gu, "$1") ?? plain ?? ""])
  )

/** The first challenge with plain MD5 in the `WWW-Authenticate` headers, several in one or not; Monero also offers MD5-sess. */
export const readChallenge = (headers: ReadonlyArray<string> = []): Challenge | undefined =>
  headers.flatMap((header) => header.split(/,\s*(?=(?:Digest|Basic)\s)/iu)).filter((header) =>
    /^Digest\s/iu.test(header)
  ).map(parseDigest)
    .filter(({ algorithm = "MD5", nonce, realm }) =>
      algorithm.toUpperCase() === "MD5" && nonce !== undefined && realm !== undefined
    )
    .map(({ nonce = "", realm = "", stale = "" }) => ({ nonce, realm, isStale: stale.toLowerCase() === "true" }))[0]

/** The hash that proves the password. */
export const digestResponse = (
  { method, password, path, user }: Omit<DigestRequest, "count">,
  { nonce, realm }: Pick<Challenge, "nonce" | "realm">,
  { cnonce, nc }: { readonly cnonce: string; readonly nc: string }
): string => md5([md5(`${user}:${realm}:${password}`), nonce, nc, cnonce, "auth", md5(`${method}:${path}`)].join(":"))

/** A quoted string whose bytes are those of UTF-8, as a header carries them. */
const quote = (text: string): string =>
  `"${Buffer.from(text.replaceAll(/["\\]/gu, "\\$&"), "utf8").toString("latin1")}"`

/** The `Authorization` header for one request. */
export const authorization = (request: DigestRequest, challenge: Challenge): string => {
  const cnonce = randomBytes(8).toString("hex")
  const nc = request.count.toString(16).padStart(8, "0")
  const response = digestResponse(request, challenge, { cnonce, nc })
  return [
    `Digest username=${quote(request.user)}`,
    `realm=${quote(challenge.realm)}`,
    `nonce=${quote(challenge.nonce)}`,
    `uri=${quote(request.path)}`,
    "algorithm=MD5",
    "qop=auth",
    `nc=${nc}`,
    `cnonce="${cnonce}"`,
    `response="${response}"`
  ].join(", ")
}
