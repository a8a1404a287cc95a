/** Writes an answer with all of its headers in one go. */
import { exchangeHeaders, retryAfter } from "../given/answerHeaders.ts"
import type { Exchange } from "./Exchange.ts"
import type { Refused, Written } from "./Reply.ts"

/** What goes out. */
export interface Answer {
  readonly written: Written
  readonly cacheControl: string
  /** The headers of the door and the route, name and value in turn. */
  readonly headers: ReadonlyArray<string>
  /** The refusal that it was written from. */
  readonly refused: Refused | undefined
  /** Whether the connection closes after it. */
  readonly isLast: boolean
}

const firstFailure = 400

const typeHeader = ({ mediaType }: Written): ReadonlyArray<string> =>
  mediaType === "" ? [] : ["Content-Type", mediaType]

/** Does nothing when the caller has gone. */
export const writeAnswer = (exchange: Exchange, answer: Answer): void => {
  const { request, response } = exchange
  const { cacheControl, isLast, refused, written } = answer
  if (response.destroyed || response.headersSent) return
  const bytes = Buffer.byteLength(written.text)
  const headers = [
    ...typeHeader(written),
    "Content-Length",
    String(bytes),
    "Cache-Control",
    cacheControl,
    ...answer.headers,
    ...exchangeHeaders(exchange)
  ]
  if (refused?.retryAfterMillis !== undefined) headers.push(...retryAfter(refused.retryAfterMillis))
  if (written.headers !== undefined) headers.push(...written.headers)
  if (refused?.headers !== undefined) headers.push(...refused.headers)
  // Whoever was refused before being told to go on may or may not send the body: the connection has no next request.
  const isUnclear = written.status >= firstFailure && request.headers.expect !== undefined
  if (isLast || isUnclear) headers.push("Connection", "close")
  response.writeHead(written.status, headers)
  // Text of one byte a character is the same in Latin-1, which is written in half the time.
  response.end(written.text, bytes === written.text.length ? "latin1" : "utf8")
}
