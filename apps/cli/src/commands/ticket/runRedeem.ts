/** Redeems a ticket for its token, waiting for the payment where asked to. */
import { Amount, Asset } from "@purser/domain/money"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import { CommandFailed, failed } from "../../terminal/CommandFailed.ts"
import { print } from "../../terminal/output.ts"
import { pairs } from "../../terminal/table.ts"
import { type RedeemAnswer, redeemAt, worded } from "./api.ts"
import { apiUrl } from "./given.ts"
import { readTicketFile } from "./ticketFile.ts"

const xmr = (minor: bigint): string => `${Amount.print(minor, Asset.XMR)} XMR`

type NotYet = Exclude<RedeemAnswer, { readonly _tag: "Redeemed" }>

/** One line on what is missing. */
const missing = (answer: NotYet): string => {
  if (answer._tag === "Waiting") {
    const { confirmations, required, state } = answer.waiting
    return state === "pool" ? "paid, not in a block yet" : `paid, ${confirmations} of ${required} confirmations`
  }
  return answer.problem.code === "ticket_underpaid"
    ? `received ${xmr(answer.problem.received)} of ${xmr(answer.problem.required)}`
    : worded(answer)
}

/** Refusals that time can change. */
const passing = new Set([
  "ticket_underpaid",
  "ticket_not_found",
  "rate_limited",
  "too_many_misses",
  "redeem_busy",
  "storage_unavailable",
  "outcome_unknown",
  "shutting_down"
])

const canChange = (answer: NotYet): boolean => answer._tag === "Waiting" || passing.has(answer.problem.code)

const firstPauseMillis = 1000
const longestPauseMillis = 15_000

/** Asks again as long as time can help; slower and slower while nobody has seen the payment. */
const ask = Effect.fnUntraced(function*(
  url: string,
  payload: { readonly pid: string; readonly payment_id: string },
  wait: boolean
) {
  let told = ""
  let pauseMillis = firstPauseMillis
  while (true) {
    const answer = yield* redeemAt(url, payload)
    if (answer._tag === "Redeemed") return answer.redeemed
    const line = missing(answer)
    if (!wait || !canChange(answer)) {
      return yield* canChange(answer) ? new CommandFailed({ message: line, exitCode: 3 }) : failed(line)
    }
    if (line !== told) yield* Console.error(`waiting: ${line}`)
    told = line
    pauseMillis = answer._tag === "Waiting" ? firstPauseMillis : Math.min(longestPauseMillis, pauseMillis * 2)
    yield* Effect.sleep(pauseMillis)
  }
})

interface Input {
  readonly file: string
  readonly wait: boolean
  readonly url: Option.Option<string>
  readonly json: boolean
}

/** What the command does. */
export const run = Effect.fnUntraced(function*({ file, json, url, wait }: Input) {
  const { payment_id, pid } = yield* readTicketFile(file)
  const redeemed = yield* ask(yield* apiUrl(url), { pid, payment_id }, wait)
  yield* print(
    json,
    redeemed,
    pairs([
      ["token", redeemed.service_token],
      ["stands for", xmr(redeemed.balance)],
      ["status", redeemed.status]
    ])
  )
})
