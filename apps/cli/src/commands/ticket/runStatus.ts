/** Shows how a token stands. */
import { Amount, Asset } from "@purser/domain/money"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import { failed } from "../../terminal/CommandFailed.ts"
import { print } from "../../terminal/output.ts"
import { pairs } from "../../terminal/table.ts"
import { lookAt, worded } from "./api.ts"
import { apiUrl } from "./given.ts"

interface Input {
  readonly token: string
  readonly url: Option.Option<string>
  readonly json: boolean
}

/** Does it. */
export const run = Effect.fnUntraced(function*({ json, token, url }: Input) {
  const answer = yield* lookAt(yield* apiUrl(url), token)
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
