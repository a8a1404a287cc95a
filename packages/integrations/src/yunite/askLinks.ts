/** Asks Yunite one question over HTTP, waits where it is told to, and tries again where that may help. */
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import {
  YuniteBadToken,
  type YuniteError,
  YuniteLimited,
  YuniteNoPremium,
  YuniteNoRight,
  YuniteStatus,
  YuniteUnreachable
} from "./YuniteError.ts"
import type { YuniteOptions } from "./YuniteOptions.ts"

interface Reply {
  readonly status: number
  readonly retryAfter: string | null
  /** Undefined when it is larger than allowed. */
  readonly body: string | undefined
}

/** After the first try. */
const retriesMost = 3

/** Codes and names only: the message of a failed request can hold the header that made it fail. */
const codeOf = (cause: unknown): string => {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  if (!(inner instanceof Error)) return "no connection"
  return "code" in inner && typeof inner.code === "string" ? inner.code : inner.name
}

const readBody = async (response: Response, bytesMost: number): Promise<string | undefined> => {
  const chunks: Array<Uint8Array> = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > bytesMost) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString("utf8")
}

const send = (options: YuniteOptions, ids: ReadonlyArray<string>): Effect.Effect<Reply, YuniteUnreachable> =>
  Effect.tryPromise({
    try: async (signal): Promise<Reply> => {
      const base = options.url.replace(/\/+$/u, "")
      const response = await fetch(`${base}/v3/guild/${options.guildId}/registration/links`, {
        method: "POST",
        headers: { "content-type": "application/json", "y-api-token": Redacted.value(options.token) },
        body: JSON.stringify({ type: "DISCORD", userIds: ids }),
        redirect: "error",
        signal
      })
      const body = await readBody(response, options.bytesMost ?? 2 ** 20)
      return { status: response.status, retryAfter: response.headers.get("retry-after"), body }
    },
    catch: (cause) => new YuniteUnreachable({ why: codeOf(cause) })
  }).pipe(Effect.timeoutOrElse({
    duration: options.timeoutMillis ?? 15_000,
    orElse: () => new YuniteUnreachable({ why: "timed out" })
  }))

const retryAfterMillisOf = (text: string | null): number | undefined =>
  text !== null && /^\d{1,6}(?:\.\d{1,9})?$/u.test(text.trim()) ? Math.ceil(Number(text) * 1000) : undefined

const refusalOf = ({ retryAfter, status }: Reply): YuniteError => {
  if (status === 401) return new YuniteBadToken()
  if (status === 402) return new YuniteNoPremium()
  if (status === 403) return new YuniteNoRight()
  return status === 429
    ? new YuniteLimited({ retryAfterMillis: retryAfterMillisOf(retryAfter) })
    : new YuniteStatus({ status })
}

const accepted = (reply: Reply): Effect.Effect<string, YuniteError> => {
  if (reply.status !== 200) return Effect.fail(refusalOf(reply))
  return reply.body === undefined
    ? new YuniteUnreachable({ why: "answer too large" })
    : Effect.succeed(reply.body)
}

/** What asking again would only cost once more. */
const lasting: ReadonlySet<string> = new Set(["timed out", "answer too large"])

/** How long to wait before another try; undefined when there is to be none. */
const waitMillisOf = (error: YuniteError, tries: number, waitMostMillis: number): number | undefined => {
  if (error._tag === "YuniteLimited") {
    const { retryAfterMillis } = error
    return retryAfterMillis !== undefined && retryAfterMillis <= waitMostMillis ? retryAfterMillis : undefined
  }
  const isPassing = error._tag === "YuniteStatus" && error.status >= 500
    || error._tag === "YuniteUnreachable" && !lasting.has(error.why)
  return isPassing ? 100 * 2 ** tries : undefined
}

/** The text of the answer about these ids. Servers in trouble are asked again after about 100, 200 and 400 ms. */
export const askLinks = (
  options: YuniteOptions,
  ids: ReadonlyArray<string>,
  tries = 0
): Effect.Effect<string, YuniteError> =>
  Effect.catch(Effect.flatMap(send(options, ids), accepted), (error) => {
    const waitMillis = waitMillisOf(error, tries, options.waitMostMillis ?? 30_000)
    if (waitMillis === undefined || tries === retriesMost) return Effect.fail(error)
    return Random.nextBetween(1, 1.25).pipe(
      Effect.flatMap((factor) => Effect.sleep(waitMillis * factor)),
      Effect.andThen(askLinks(options, ids, tries + 1))
    )
  })
