/** Asks Yunite one question over HTTP, and names why there is no answer. */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { makeAskPatiently } from "../http/askPatiently.ts"
import type { NoReply, Reply } from "../http/exchange.ts"
import type { Limited } from "../http/Gate.ts"
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

/** The text of the answer about these ids. */
export type AskLinks = (ids: ReadonlyArray<string>) => Effect.Effect<string, YuniteError>

const accepted = ({ body, status }: Reply): Effect.Effect<string, YuniteError> => {
  switch (status) {
    case 200:
      return Effect.succeed(body)
    case 401:
      return new YuniteBadToken()
    case 402:
      return new YuniteNoPremium()
    case 403:
      return new YuniteNoRight()
    default:
      return new YuniteStatus({ status })
  }
}

const failureOf = (error: NoReply | Limited): YuniteError =>
  error._tag === "NoReply"
    ? new YuniteUnreachable({ why: error.why })
    : new YuniteLimited({ retryAfterMillis: error.isTold ? error.retryAfterMillis : undefined })

/** Asks one question at a time, over a connection that closes with the scope. */
export const makeAskLinks = (options: YuniteOptions): Effect.Effect<AskLinks, never, Scope.Scope> => {
  const base = options.url.replace(/\/+$/u, "")
  const headers = { "y-api-token": Redacted.value(options.token) }
  const patience = makeAskPatiently({
    url: base,
    connections: 1,
    timeoutMillis: options.timeoutMillis ?? 15_000,
    mostBytes: options.bytesMost ?? 2 ** 20,
    waitMostMillis: options.waitMostMillis ?? 30_000,
    asksAgainWhenLate: false
  })
  return Effect.map(patience, (ask) => (ids) =>
    Effect.suspend(() =>
      ask({
        url: new URL(`${base}/v3/guild/${options.guildId}/registration/links`),
        headers,
        body: JSON.stringify({ type: "DISCORD", userIds: ids })
      })
    ).pipe(Effect.mapError(failureOf), Effect.flatMap(accepted)))
}
