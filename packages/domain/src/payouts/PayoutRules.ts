/** Decides what becomes of a payout: pure, total, without clock, chance or store. */
import * as Data from "effect/Data"
import * as Result from "effect/Result"
import { type BlockReference, Payout } from "./Payout.ts"
import { isExhausted, type RetryPolicy, waitMillis } from "./RetryRules.ts"

/**
 * What the rail answered to a block. `Invalid` only where no ledger can ever hold its hash: too little work is `Early`, for
 * work is not part of the hash, and whoever adds better work makes the block land.
 */
export type Answer = "Taken" | "Known" | "Invalid" | "Displaced" | "Early" | "Unclear"
/** What looking the block up showed. */
export type Sight = "Missing" | "Seen" | "Confirmed" | "RivalConfirmed"

/**
 * What happens to a payout. Answers and sights name their block, so that a late one is never taken for another block's.
 * `isDebtFree`: no other payout holds an accrual of this one.
 */
export type PayoutEvent =
  | { readonly _tag: "Prepared"; readonly block: BlockReference }
  | { readonly _tag: "Published"; readonly block: BlockReference; readonly answer: Answer }
  | { readonly _tag: "Looked"; readonly block: BlockReference; readonly sight: Sight }
  | { readonly _tag: "AttemptFailedBeforeSigning"; readonly reason: string }
  | { readonly _tag: "GiveUp"; readonly reason: string }
  | { readonly _tag: "AdminRetry"; readonly isDebtFree: boolean }
  | { readonly _tag: "Tick" }

/** What is to be done next, in the transaction that keeps the payout (`release`, `book`), or after it. */
export type Deed = "prepare" | "publish stored" | "look" | "release debt" | "book confirmed" | "nothing"

/** The payout after an event, and what is to be done, not before `whenMillis`; null when nothing is. */
export interface Decision {
  readonly payout: Payout
  readonly deed: Deed
  readonly whenMillis: number | null
}

/** The moment of an event, a random number from 0 to 1, and the policy for waits. */
export interface Moment {
  readonly nowMillis: number
  readonly chance: number
  readonly retry: RetryPolicy
}

/** Why an event can not happen to a payout as it stands. */
export class PayoutRefused extends Data.TaggedError("PayoutRefused")<{
  readonly why:
    | "AlreadyConfirmed"
    | "AlreadyFailed"
    | "AlreadyQueued"
    | "AlreadySimulated"
    | "BlockMayLand"
    | "DebtElsewhere"
    | "NothingSigned"
    | "OtherBlock"
}> {
  override get message(): string {
    return `not with this payout: ${this.why}`
  }
}

type Decided = Result.Result<Decision, PayoutRefused>
type Event<Tag extends PayoutEvent["_tag"]> = Extract<PayoutEvent, { readonly _tag: Tag }>

const refused = (why: PayoutRefused["why"]): Decided => Result.fail(new PayoutRefused({ why }))

const changed = (payout: Payout, fields: Partial<Payout>): Payout => new Payout({ ...payout, ...fields })

const decided = (payout: Payout, deed: Deed, whenMillis: number | null): Decided =>
  Result.succeed({ payout, deed, whenMillis })

const attempted = (payout: Payout, { chance, nowMillis, retry }: Moment, fields: Partial<Payout>): Payout => {
  const attempts = payout.attempts + 1
  return changed(payout, {
    attempts,
    firstAttemptAtMillis: payout.firstAttemptAtMillis ?? nowMillis,
    lastAttemptAtMillis: nowMillis,
    nextAttemptAtMillis: nowMillis + waitMillis(retry, attempts, chance),
    ...fields
  })
}

/** Only for a payout of which nothing can land any more. */
const fail = (payout: Payout, reason: string, nowMillis: number): Decided =>
  decided(
    changed(payout, {
      status: "failed",
      block: null,
      takenAtMillis: null,
      nextAttemptAtMillis: null,
      failureReason: reason
    }),
    "release debt",
    nowMillis
  )

const whyNotQueued = {
  signed: "BlockMayLand",
  sent: "BlockMayLand",
  unknown: "BlockMayLand",
  confirmed: "AlreadyConfirmed",
  failed: "AlreadyFailed",
  simulated: "AlreadySimulated"
} as const

const prepared = (payout: Payout, { block }: Event<"Prepared">, moment: Moment): Decided => {
  if (payout.status !== "queued") return refused(whyNotQueued[payout.status])
  const fields = { block, failureReason: null, nextAttemptAtMillis: null }
  return payout.dryRun
    ? decided(changed(payout, { ...fields, status: "simulated" }), "nothing", null)
    : decided(changed(payout, { ...fields, status: "signed" }), "publish stored", moment.nowMillis)
}

const whyNotUnderWay = {
  queued: "NothingSigned",
  failed: "NothingSigned",
  confirmed: "AlreadyConfirmed",
  simulated: "AlreadySimulated"
} as const

/** Why what is said of a block does not touch the payout. */
const notUnderWay = (payout: Payout, block: BlockReference): PayoutRefused["why"] | undefined => {
  const { status } = payout
  if (status !== "signed" && status !== "sent" && status !== "unknown") return whyNotUnderWay[status]
  return payout.block === block ? undefined : "OtherBlock"
}

const published = (payout: Payout, { answer, block }: Event<"Published">, moment: Moment): Decided => {
  const why = notUnderWay(payout, block)
  if (why !== undefined) return refused(why)
  const { nowMillis } = moment
  if (answer === "Taken" || answer === "Known") {
    const takenAtMillis = payout.takenAtMillis ?? nowMillis
    const sent = attempted(payout, moment, { status: "sent", takenAtMillis })
    return decided(sent, "look", sent.nextAttemptAtMillis)
  }
  // Only in answer to the first publication: a block that somebody was given before may have landed there already.
  if (answer === "Invalid" && payout.status === "signed") return fail(payout, "invalid", nowMillis)
  const waiting = attempted(payout, moment, { status: "unknown" })
  return decided(waiting, answer === "Early" ? "publish stored" : "look", waiting.nextAttemptAtMillis)
}

const looked = (payout: Payout, { block, sight }: Event<"Looked">, moment: Moment): Decided => {
  const why = notUnderWay(payout, block)
  if (why !== undefined) return refused(why)
  const { chance, nowMillis, retry } = moment
  if (sight === "RivalConfirmed") return fail(payout, "rival_confirmed", nowMillis)
  if (sight === "Confirmed") {
    const takenAtMillis = payout.takenAtMillis ?? nowMillis
    const paid = changed(payout, { status: "confirmed", takenAtMillis, nextAttemptAtMillis: null })
    return decided(paid, "book confirmed", nowMillis)
  }
  // Not in that ledger says nothing about others: the same block goes out again.
  if (sight === "Missing") return decided(changed(payout, { status: "unknown" }), "publish stored", nowMillis)
  const nextAttemptAtMillis = nowMillis + waitMillis(retry, payout.attempts, chance)
  const takenAtMillis = payout.takenAtMillis ?? nowMillis
  const sent = changed(payout, { status: "sent", takenAtMillis, nextAttemptAtMillis })
  return decided(sent, "look", nextAttemptAtMillis)
}

const attemptFailed = (payout: Payout, reason: string, moment: Moment): Decided => {
  if (payout.status !== "queued") return refused(whyNotQueued[payout.status])
  const tried = attempted(payout, moment, { failureReason: reason })
  return isExhausted(moment.retry, tried.attempts)
    ? fail(tried, reason, moment.nowMillis)
    : decided(tried, "prepare", tried.nextAttemptAtMillis)
}

const retried = (payout: Payout, { isDebtFree }: Event<"AdminRetry">, { nowMillis }: Moment): Decided => {
  if (payout.status === "queued") return refused("AlreadyQueued")
  if (payout.status !== "failed") return refused(whyNotQueued[payout.status])
  if (!isDebtFree) return refused("DebtElsewhere")
  const fields = { status: "queued", attempts: 0, nextAttemptAtMillis: nowMillis, failureReason: null } as const
  const round = payout.round + 1
  return decided(changed(payout, { ...fields, round, queuedAtMillis: nowMillis }), "prepare", nowMillis)
}

const due = {
  queued: "prepare",
  signed: "publish stored",
  sent: "look",
  unknown: "look",
  confirmed: "nothing",
  failed: "nothing",
  simulated: "nothing"
} as const

const ticked = (payout: Payout, { nowMillis }: Moment): Decided => {
  const deed = due[payout.status]
  if (deed === "nothing") return decided(payout, deed, null)
  const { nextAttemptAtMillis } = payout
  return nextAttemptAtMillis !== null && nowMillis < nextAttemptAtMillis
    ? decided(payout, "nothing", nextAttemptAtMillis)
    : decided(payout, deed, nowMillis)
}

/**
 * What becomes of a payout. Once a block is signed, that block alone is published, until it is confirmed, can never land,
 * or a rival is confirmed in its place. Nothing changes amount, payee or key.
 */
export const next = (payout: Payout, event: PayoutEvent, moment: Moment): Decided => {
  switch (event._tag) {
    case "Prepared":
      return prepared(payout, event, moment)
    case "Published":
      return published(payout, event, moment)
    case "Looked":
      return looked(payout, event, moment)
    case "AttemptFailedBeforeSigning":
      return attemptFailed(payout, event.reason, moment)
    case "GiveUp":
      return payout.status === "queued"
        ? fail(payout, event.reason, moment.nowMillis)
        : refused(whyNotQueued[payout.status])
    case "AdminRetry":
      return retried(payout, event, moment)
    case "Tick":
      return ticked(payout, moment)
  }
}
