/** Searches for an order of calls that explains what was seen, on a model that can take everything back. */
import * as Effect from "effect/Effect"
import type { Transaction } from "../../../transaction/index.ts"
import type { LedgerStore, Transfer } from "../../index.ts"
import { type Answer, ask, type Call } from "./calls.ts"
import { canonical } from "./canonical.ts"
import { Unexplained, type Witnessed } from "./Witnessed.ts"

/** The reference model. */
interface Model {
  readonly store: LedgerStore["Service"]
  readonly atomically: Transaction["Service"]["atomically"]
}

/** What is to be explained: so many transfers were there before, these are new, and these are the accounts, if it matters. */
interface Moment {
  readonly before: bigint
  readonly booked: ReadonlyArray<string>
  readonly accounts: Answer | undefined
}

type Found = Effect.Effect<ReadonlyArray<Call>, Unexplained>

/** Calls that are made before giving up: many more than the calls of one moment have orders that matter. */
const maximumTries = 20_000

const wrong = new Unexplained({ why: "another order" })

/** Asks for all accounts. */
export const allAccounts: Call = { _tag: "Accounts", prefix: "" }

const without = <A>(items: ReadonlyArray<A>, index: number): ReadonlyArray<A> =>
  items.filter((_, place) => place !== index)

const mayBeUndone = ({ told }: Witnessed): boolean => told._tag === "Unanswered" && told.fate === "either"

const changesAccounts = ({ call }: Witnessed): boolean => call._tag === "OpenAccounts" || call._tag === "CloseAccount"

/** One search. What it finds stays done on the model; where it finds nothing the model is as before. */
export class Search {
  readonly #model: Model
  readonly #moment: Moment
  #tries = 0

  constructor(model: Model, moment: Moment) {
    this.#model = model
    this.#moment = moment
  }

  /** An order of the remaining calls, when `seen` of the new transfers are explained already. */
  from(remaining: ReadonlyArray<Witnessed>, seen: number): Found {
    return Effect.flatMap(this.#firstIdle(remaining, seen), (idle) =>
      idle === undefined
        ? this.#branch(remaining, seen)
        : Effect.map(this.from(without(remaining, idle), seen), (rest) => [remaining[idle]!.call, ...rest]))
  }

  /** Whether the call changed nothing: where it fits it can come at once, as it stands in nobody's way. */
  #isIdle(witnessed: Witnessed): boolean {
    const { told } = witnessed
    return told._tag === "Answered" && !changesAccounts(witnessed) && this.#newOf(told.answer, 0).length === 0
  }
  #firstIdle(remaining: ReadonlyArray<Witnessed>, seen: number): Effect.Effect<number | undefined> {
    return Effect.gen({ self: this }, function*() {
      for (const [index, witnessed] of remaining.entries()) {
        if (!this.#isIdle(witnessed)) continue
        if (yield* Effect.isSuccess(this.#tryNext(witnessed, seen, () => Effect.succeed([])))) return index
      }
      return undefined
    })
  }

  /** Of the calls that are known to have booked something only one can be next. */
  #canBeNext(witnessed: Witnessed, seen: number): boolean {
    if (witnessed.told._tag === "Unanswered" || changesAccounts(witnessed)) return true
    const next = this.#moment.before + BigInt(seen) + 1n
    return !this.#isIdle(witnessed) && witnessed.told.answer.transfers.some(({ sequence }) => sequence === next)
  }
  #branch(remaining: ReadonlyArray<Witnessed>, seen: number): Found {
    const next = remaining.flatMap((witnessed, index) =>
      this.#canBeNext(witnessed, seen)
        ? [this.#tryNext(witnessed, seen, (then) => this.from(without(remaining, index), then))]
        : []
    )
    const ways = remaining.every(mayBeUndone) ? [this.#end(seen), ...next] : next
    const nothing: Found = Effect.fail(wrong)
    return ways.reduceRight((others, way) => Effect.catchTag(way, "Unexplained", () => others), nothing)
  }

  /** Makes a call, and goes on; undone again when what it does is not what was seen, or when going on fails. */
  #tryNext({ call, told }: Witnessed, seen: number, goOn: (seen: number) => Found): Found {
    const { atomically, store } = this.#model
    const attempt = Effect.flatMap(Effect.orDie(ask(store, call)), (answer): Found => {
      const fresh = this.#newOf(answer, seen)
      const isRight = (told._tag === "Unanswered" || told.answer.text === answer.text)
        && fresh.every((transfer, place) => canonical(transfer) === this.#moment.booked[seen + place])
      return isRight ? Effect.map(goOn(seen + fresh.length), (rest) => [call, ...rest]) : Effect.fail(wrong)
    })
    return Effect.suspend(() =>
      this.#tries++ > maximumTries
        ? Effect.fail(wrong)
        : Effect.catchTag(atomically(attempt), "StorageError", Effect.die)
    )
  }
  #newOf({ transfers }: Answer, seen: number): ReadonlyArray<Transfer> {
    return transfers.filter(({ sequence }) => sequence > this.#moment.before + BigInt(seen))
  }

  /** Everything new is explained, and the accounts are as they were seen. */
  #end(seen: number): Found {
    const { accounts, booked } = this.#moment
    if (seen !== booked.length) return Effect.fail(wrong)
    if (accounts === undefined) return Effect.succeed([])
    return Effect.flatMap(
      Effect.orDie(ask(this.#model.store, allAccounts)),
      ({ text }): Found => text === accounts.text ? Effect.succeed([]) : Effect.fail(wrong)
    )
  }
}
