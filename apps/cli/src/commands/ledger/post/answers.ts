/** Words what became of requests, for people and for programs. */
import type { Transfer } from "@purser/domain/ledger"
import { pairs } from "../../../terminal/table.ts"
import { amountText, transferJson } from "../shown.ts"
import type { Answer } from "./sets.ts"

const deeds: Readonly<Record<Transfer["kind"], string>> = {
  post: "posted",
  hold: "held",
  settle: "settled",
  void: "released",
  expire: "released"
}

/** How it is said that something was, or would be, booked. */
export interface Mood {
  readonly dryRun: boolean
}

/** A sequence is only given away by a commit. */
const sequenceOf = (transfer: Transfer, { dryRun }: Mood): string => dryRun ? "" : `, sequence ${transfer.sequence}`

const moved = (transfer: Transfer, mood: Mood): string =>
  `${deeds[transfer.kind]} ${amountText(transfer)}, debit ${transfer.debit}, credit ${transfer.credit}${
    sequenceOf(transfer, mood)
  }`

const prefix = (answer: Exclude<Answer, { readonly _tag: "Refused" }>, { dryRun }: Mood): string => {
  if (answer._tag === "Replayed") return "already booked: "
  return dryRun ? "would be " : ""
}

/** One line on one line. */
export const lineText = (answer: Answer, mood: Mood): string => {
  if (answer._tag === "Refused") return `line ${answer.line}: refused: ${answer.refused.message}`
  const said = answer.transfers.map((transfer) => moved(transfer, mood)).join("; ")
  return `line ${answer.line}: ${prefix(answer, mood)}${said}`
}

/** What became of the one request that the options made. */
export const requestText = (answer: Exclude<Answer, { readonly _tag: "Refused" }>, { dryRun }: Mood): string => {
  const [transfer] = answer.transfers
  if (transfer === undefined) return ""
  return pairs([
    [answer._tag === "Replayed" ? "already booked" : dryRun ? "would be booked" : "booked", transfer.id],
    [deeds[transfer.kind], amountText(transfer)],
    ["debit", transfer.debit],
    ["credit", transfer.credit],
    ["reason", transfer.reason],
    ...transfer.reference === null ? [] : [["reference", transfer.reference] as const],
    ...dryRun && answer._tag === "Booked" ? [] : [["sequence", String(transfer.sequence)] as const]
  ])
}

const outcomes = { Booked: "booked", Replayed: "replayed", Refused: "refused" } as const

/** The answer for programs. In a dry run nothing has a sequence that was not booked before. */
export const answerJson = (answer: Answer, { dryRun }: Mood) => {
  const head = { line: answer.line, outcome: outcomes[answer._tag], ...dryRun ? { dry_run: true } : {} }
  if (answer._tag !== "Refused") {
    const isBooked = !dryRun || answer._tag === "Replayed"
    return {
      ...head,
      transfers: answer.transfers.map(transferJson).map((transfer) =>
        isBooked ? transfer : { ...transfer, sequence: null }
      )
    }
  }
  const { detail = null, field = null, index, reason } = answer.refused
  return { ...head, reason, index, field, detail, retryable: answer.isRetryable }
}

/** How many lines came to what. */
export const summary = (answers: ReadonlyArray<Answer["_tag"]>, { dryRun }: Mood): string => {
  const count = (tag: Answer["_tag"]) => answers.filter((found) => found === tag).length
  const parts = [
    `${count("Booked")} ${dryRun ? "would be booked" : "booked"}`,
    `${count("Replayed")} already booked`,
    `${count("Refused")} refused`
  ]
  return parts.join(", ")
}
