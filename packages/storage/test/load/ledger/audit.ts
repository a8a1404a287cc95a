/** Holds what a killed program has told against what is there. */
import { LedgerStore, type Transfer } from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { nameOf, type Question, read, setOf, type Shift } from "./requests.ts"

/** What the program said of each question: nothing more than that it asked, or the answer. */
export interface Told {
  readonly asked: ReadonlyArray<Question>
  readonly answers: ReadonlyMap<string, string>
  readonly broken: ReadonlyArray<string>
}

/** Reads the lines of the program; the last may be cut off. */
export const heard = (printed: string, shift: Shift): Told => {
  const lines = printed.split("\n").slice(0, -1)
  const asked: Array<Question> = []
  const answers = new Map<string, string>()
  for (const line of lines) {
    const [mark, caller, n, ...told] = line.split(" ")
    const question = { ...shift, caller: Number(caller), n: Number(n) }
    if (mark === "?") asked.push(question)
    if (mark === "!") answers.set(nameOf(question), told.join(" "))
  }
  return { asked, answers, broken: lines.filter((line) => line.startsWith("broken ")) }
}

const pageSize = 1000

const logAfter = (sequence: bigint) =>
  LedgerStore.use((store) =>
    Effect.gen(function*() {
      const log: Array<Transfer> = []
      for (;;) {
        const after = log.at(-1)?.sequence ?? sequence
        const page = yield* store.transfers({ order: "oldest_first", after, limit: pageSize })
        log.push(...page)
        if (page.length < pageSize) return log
      }
    })
  )

const isRefusal = (answer: string): boolean => !/^\d/u.test(answer)

/** What is wrong with the transfers of one question, given the answer to it, where there was one. */
const faultsOf = (name: string, found: ReadonlyArray<Transfer>, answer: string | undefined): ReadonlyArray<string> => {
  const parts = found.map(({ reference }) => read(reference))
  const whole = parts[0]?.parts ?? 0
  const distinct = new Set(parts.map(({ part }) => part)).size
  return [
    ...distinct === parts.length ? [] : [`${name} was booked twice`],
    ...distinct === whole || parts.length === 0 ? [] : [`${name} was booked in part`],
    ...answer === undefined || isRefusal(answer) || answer === found.map(({ sequence }) => sequence).join(",")
      ? []
      : [`${name} was acknowledged as ${answer} and is lost`],
    ...answer !== undefined && isRefusal(answer) && found.length > 0
      ? [`${name} was refused (${answer}) and is there`]
      : []
  ]
}

const unanswered = ({ answers, asked }: Told): ReadonlyArray<Question> =>
  asked.filter((question) => !answers.has(nameOf(question)))

/** What is there after a kill. */
export interface Audit {
  readonly faults: ReadonlyArray<string>
  readonly transfers: bigint
  readonly answered: number
  /** Of the questions whose answer was lost with the program: how many were booked nevertheless. */
  readonly bookedUnheard: number
  readonly unheard: number
}

/**
 * Looks at all that was booked after `since`; then asks again what was left without an answer, as clients do, and verifies
 * the whole ledger.
 */
export const audit = (told: Told, since: bigint) =>
  Effect.gen(function*() {
    const store = yield* LedgerStore
    const before = Map.groupBy(yield* logAfter(since), ({ reference }) => read(reference).question)
    const open = unanswered(told)
    const faults = told.asked.flatMap((question) => {
      const name = nameOf(question)
      return faultsOf(name, before.get(name) ?? [], told.answers.get(name))
    })
    const again = yield* store.post(open.map(setOf))
    const after = Map.groupBy(yield* logAfter(since), ({ reference }) => read(reference).question)
    for (const [index, question] of open.entries()) {
      const name = nameOf(question)
      const found = after.get(name) ?? []
      const wasThere = before.has(name)
      const isReplay = Result.isSuccess(again[index]!) && again[index].success.replayed
      if (isReplay !== wasThere) {
        faults.push(`${name} was ${wasThere ? "" : "not "}there and ${isReplay ? "" : "not "}replayed`)
      }
      faults.push(...faultsOf(name, found, undefined))
    }
    const { discrepancies, transfers } = yield* store.verify
    return {
      faults: [...told.broken, ...faults, ...discrepancies.map((each) => JSON.stringify(each))],
      transfers,
      answered: told.answers.size,
      bookedUnheard: open.filter((question) => before.has(nameOf(question))).length,
      unheard: open.length
    } satisfies Audit
  })
