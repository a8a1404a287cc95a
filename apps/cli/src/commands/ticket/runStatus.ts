/** Shows how a token stands. */
import { Amount, Asset } from "@purser/domain/money"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import { readFileSync } from "node:fs"
import { type CommandFailed, failed } from "../../terminal/CommandFailed.ts"
import { print } from "../../terminal/output.ts"
import { pairs } from "../../terminal/table.ts"
import { lookAt, worded } from "./api.ts"
import { apiUrl } from "./given.ts"

interface Input {
  readonly token: string
  readonly url: Option.Option<string>
  readonly json: boolean
}

/** A token is a secret: on standard input it stays out of the list of processes. */
const given = (token: string): Effect.Effect<string, CommandFailed> =>
  Effect.flatMap(
    Effect.sync(() => token === "-" ? readFileSync(0, "utf8").trim() : token),
    (text) =>
      /^[0-9a-f]{64}$/iu.test(text) ? Effect.succeed(text) : Effect.fail(failed("a token has 64 hexadecimal digits"))
  )

/** What the command does. */
export const run = Effect.fnUntraced(function*({ json, token, url }: Input) {
  const answer = yield* lookAt(yield* apiUrl(url), yield* given(token))
  if (answer._tag === "Refused") return yield* failed(worded(answer))
  const { abuse_score, amount, issued_at, revoked_at, status } = answer.state
  const revoked = revoked_at === null
    ? []
    : [["revoked", DateTime.formatIso(revoked_at)], ["abuse score", String(abuse_score)]] as const
  yield* print(
    json,
    answer.state,
    pairs([
      ["status", status],
      ["stands for", `${Amount.print(amount, Asset.XMR)} XMR`],
      ["issued", DateTime.formatIso(issued_at)],
      ...revoked
    ])
  )
})
