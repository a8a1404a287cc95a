/** Tells what every store of signals, reviews and profiles must do. */
import { assert, type Vitest } from "@effect/vitest"
import { PlayerId, PlayerStore } from "@purser/domain/rewards"
import { playerOf } from "@purser/domain/rewards/testing"
import {
  LastReading,
  PlayProfile,
  type RaisedSignal,
  ReviewNote,
  RiskStore,
  RiskWindow,
  type Signal,
  SignalKind,
  SpikeRules
} from "@purser/domain/risk"
import { reviewOf, signalOf } from "@purser/domain/risk/testing"
import { Transaction } from "@purser/domain/transaction"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { failureOf } from "../onEveryStore.ts"

type Suite = (it: Vitest.MethodsNonLive<PlayerStore | RiskStore | Transaction>) => void

/** Players whom the store may know something of. */
export const known = (...names: ReadonlyArray<string>) =>
  Effect.as(
    PlayerStore.use((players) => players.put(names.map((name) => playerOf(name)))),
    names.map((name) => PlayerId.make(name))
  )

const keysOf = (signals: ReadonlyArray<Signal>): ReadonlyArray<string> => signals.map(({ dedupeKey }) => dedupeKey)

const raise = (atMillis: number, ...signals: ReadonlyArray<Signal>) =>
  RiskStore.use((risk) => risk.raise(signals, atMillis))

const found = (signal: Signal) => RiskStore.use((risk) => Effect.map(risk.byKey(signal.dedupeKey), Option.getOrThrow))

const isKnown = (signal: Signal) => RiskStore.use((risk) => Effect.map(risk.byKey(signal.dedupeKey), Option.isSome))

const baseline = new SpikeRules.Baseline({
  windows: 21,
  mean: 1 / 3,
  variance: Number.MIN_VALUE,
  untilMillis: -1,
  spike: new RiskWindow({ fromMillis: -8.64e15, toMillis: 8.64e15 })
})

const reading = new LastReading({
  atMillis: Number.MAX_SAFE_INTEGER,
  kills: 7,
  matches: -1,
  minutesPlayed: 3,
  lastModifiedMillis: null
})

const profileOf = (playerId: PlayerId, windows: number) =>
  new PlayProfile({
    playerId,
    reading: null,
    baseline: new SpikeRules.Baseline({ ...SpikeRules.emptyBaseline, windows })
  })

const profiling: Suite = (it) => {
  it.effect("gives back profiles exactly, and replaces by player", () =>
    Effect.gen(function*() {
      const risk = yield* RiskStore
      const [full, empty, stranger] = yield* known("profile-full", "profile-empty", "profile-none")
      const whole = new PlayProfile({ playerId: full!, reading, baseline })
      const bare = new PlayProfile({ playerId: empty!, reading: null, baseline: SpikeRules.emptyBaseline })
      yield* risk.putProfiles([whole, bare])
      const read = yield* risk.profiles([empty!, stranger!, full!, empty!])
      assert.sameDeepMembers([...read], [bare, whole])
      const after = new PlayProfile({ ...bare, reading: new LastReading({ ...reading, lastModifiedMillis: 5 }) })
      yield* risk.putProfiles([after])
      assert.deepStrictEqual(yield* risk.profiles([empty!]), [after])
      assert.deepStrictEqual(yield* risk.profiles([full!]), [whole])
    }))

  it.effect("keeps the last of a player given twice, and many at once", () =>
    Effect.gen(function*() {
      const risk = yield* RiskStore
      const ids = yield* known(...Array.from({ length: 2000 }, (_, index) => `profile-${index}`))
      yield* risk.putProfiles([...ids.map((id) => profileOf(id, 1)), profileOf(ids[0]!, 2)])
      assert.lengthOf(yield* risk.profiles(ids), 2000)
      assert.deepStrictEqual(yield* risk.profiles([ids[0]!]), [profileOf(ids[0]!, 2)])
      yield* risk.putProfiles([])
      assert.deepStrictEqual(yield* risk.profiles([]), [])
    }))
}

const raising: Suite = (it) => {
  it.effect("gives back signals of every kind exactly", () =>
    Effect.gen(function*() {
      const [playerId] = yield* known("kinds")
      const signals = SignalKind.literals.map((kind, index) =>
        signalOf(`kinds/${kind}`, {
          kind,
          playerId: playerId!,
          window: index === 0 ? null : new RiskWindow({ fromMillis: index, toMillis: 8.64e15 }),
          value: [0.1 + 0.2, -1e300, Number.MAX_VALUE][index % 3]!,
          threshold: -0.5,
          severity: (["low", "med", "high"] as const)[index % 3]!,
          evidence: index === 0 ? [] : ["\"quoted\" {a,NULL} ä\u0000\n", "x".repeat(300)]
        })
      )
      assert.deepStrictEqual(yield* raise(7, ...signals), signals)
      for (const signal of signals) {
        const { raisedAtMillis, review, signal: kept } = yield* found(signal)
        assert.deepStrictEqual(kept, signal)
        assert.deepStrictEqual([raisedAtMillis, review], [7, null])
      }
    }))

  it.effect("keeps an event once, as it was first", () =>
    Effect.gen(function*() {
      const [playerId] = yield* known("once")
      const first = signalOf("once/first", { playerId: playerId! })
      const second = signalOf("once/second", { playerId: playerId! })
      const again = signalOf("once/first", { playerId: playerId!, value: 99, severity: "high" })
      assert.deepStrictEqual(yield* raise(1, first), [first])
      assert.deepStrictEqual(yield* raise(2, again), [])
      assert.deepStrictEqual(yield* raise(3, again, second, second, first), [second])
      assert.deepStrictEqual((yield* found(first)).signal, first)
      assert.strictEqual((yield* found(first)).raisedAtMillis, 1)
      assert.deepStrictEqual(yield* raise(4), [])
    }))

  it.effect("forgets what its transaction undoes", () =>
    Effect.gen(function*() {
      const { atomically } = yield* Transaction
      const [playerId] = yield* known("undone")
      const kept = signalOf("undone/kept", { playerId: playerId! })
      const lost = signalOf("undone/lost", { playerId: playerId! })
      yield* raise(1, kept)
      const work = RiskStore.use((risk) =>
        Effect.all([raise(1, lost), risk.addReview(reviewOf(kept)), Effect.fail("no")])
      )
      assert.strictEqual(yield* Effect.flip(atomically(work)), "no")
      assert.isFalse(yield* isKnown(lost))
      assert.isNull((yield* found(kept)).review)
    }))
}

const reviewing: Suite = (it) => {
  it.effect("tells the last review of a signal", () =>
    Effect.gen(function*() {
      const risk = yield* RiskStore
      const [playerId] = yield* known("reviewed")
      const signal = signalOf("reviewed", { playerId: playerId! })
      const beside = signalOf("reviewed/beside", { playerId: playerId! })
      yield* raise(1, signal, beside)
      const reviews = [
        reviewOf(signal, { verdict: "confirmed", note: ReviewNote.make("ä \"quoted\""), atMillis: 9 }),
        // Clocks of two processes differ: the last that was kept counts.
        reviewOf(signal, { verdict: "cleared", atMillis: 3, actor: "somebody else" })
      ]
      for (const review of reviews) {
        yield* risk.addReview(review)
        assert.deepStrictEqual((yield* found(signal)).review, review)
      }
      assert.isNull((yield* found(beside)).review)
      const { reviews: kept, signals } = (yield* risk.cases([playerId!])).get(playerId!)!
      assert.deepStrictEqual(kept, reviews)
      assert.deepStrictEqual(signals, [signal, beside])
    }))

  it.effect("keeps no review of a signal that is not kept", () =>
    Effect.gen(function*() {
      const { atomically } = yield* Transaction
      const [playerId] = yield* known("stray")
      const stray = signalOf("stray", { playerId: playerId! })
      // The transaction around it is none the worse.
      const work = RiskStore.use((risk) =>
        Effect.andThen(failureOf(risk.addReview(reviewOf(stray))), (failure) => Effect.as(raise(1, stray), failure))
      )
      assert.strictEqual(yield* atomically(work), "Broken")
      assert.isNull((yield* found(stray)).review)
    }))

  it.effect("gives every player a case of their own", () =>
    Effect.gen(function*() {
      const risk = yield* RiskStore
      const [one, two, none] = yield* known("case-1", "case-2", "case-none")
      const first = signalOf("case/1", { playerId: one! })
      const second = signalOf("case/2", { playerId: two! })
      yield* raise(1, first, second)
      yield* risk.addReview(reviewOf(second))
      const cases = yield* risk.cases([one!, two!, none!, one!])
      assert.strictEqual(cases.size, 3)
      assert.deepStrictEqual(cases.get(one!), { signals: [first], reviews: [] })
      assert.deepStrictEqual(cases.get(two!), { signals: [second], reviews: [reviewOf(second)] })
      assert.deepStrictEqual(cases.get(none!), { signals: [], reviews: [] })
      assert.strictEqual((yield* risk.cases([])).size, 0)
    }))
}

const listed = (raised: ReadonlyArray<RaisedSignal>): ReadonlyArray<string> =>
  keysOf(raised.map(({ signal }) => signal))

const listing: Suite = (it) => {
  it.effect("pages newest first without a gap or a repetition while signals are raised", () =>
    Effect.gen(function*() {
      const risk = yield* RiskStore
      const [playerId] = yield* known("pages")
      const of = (name: string) => signalOf(`pages/${name}`, { playerId: playerId! })
      const old = Array.from({ length: 10 }, (_, index) => of(String(index)))
      yield* raise(5, ...old)
      const read: Array<RaisedSignal> = []
      for (;;) {
        const before = read.at(-1)?.sequence
        const page = yield* risk.list({
          playerId: playerId!,
          limit: 3,
          ...before === undefined ? {} : { before }
        })
        if (page.length === 0) break
        read.push(...page)
        yield* raise(1, of(`late ${read.length}`))
      }
      assert.deepStrictEqual(listed(read), keysOf(old.toReversed()))
      assert.isTrue(read.every(({ sequence }) => sequence >= 1n))
    }))

  it.effect("filters by player and by whether anybody decided", () =>
    Effect.gen(function*() {
      const risk = yield* RiskStore
      const [one, two] = yield* known("filter-1", "filter-2")
      const open = signalOf("filter/open", { playerId: one! })
      const cleared = signalOf("filter/cleared", { playerId: one! })
      const confirmed = signalOf("filter/confirmed", { playerId: one! })
      const other = signalOf("filter/other", { playerId: two! })
      yield* raise(1, open, cleared, confirmed, other)
      yield* risk.addReview(reviewOf(cleared))
      yield* risk.addReview(reviewOf(confirmed, { verdict: "confirmed" }))
      const ask = (query: { readonly playerId?: PlayerId; readonly isOpen?: boolean }) =>
        Effect.map(risk.list({ ...query, limit: 1000 }), listed)
      assert.deepStrictEqual(yield* ask({ playerId: one! }), keysOf([confirmed, cleared, open]))
      assert.deepStrictEqual(yield* ask({ playerId: one!, isOpen: true }), keysOf([open]))
      assert.deepStrictEqual(yield* ask({ playerId: one!, isOpen: false }), keysOf([confirmed, cleared]))
      assert.includeMembers([...yield* ask({ isOpen: true })], keysOf([open, other]) as Array<string>)
      assert.notIncludeMembers([...yield* ask({ isOpen: true })], keysOf([cleared, confirmed]) as Array<string>)
      const [last] = yield* risk.list({ playerId: one!, limit: 1 })
      assert.deepStrictEqual(last!.review, reviewOf(confirmed, { verdict: "confirmed" }))
    }))

  it.effect("ends with a defect where a page is out of bounds", () =>
    Effect.gen(function*() {
      const risk = yield* RiskStore
      for (const limit of [0, -1, 1001, 1.5]) {
        const exit = yield* Effect.exit(risk.list({ limit }))
        assert.isTrue(exit._tag === "Failure" && Cause.hasDies(exit.cause), String(limit))
      }
    }))
}

const forgetting: Suite = (it) => {
  it.effect("prunes what is old and cleared or never reviewed, and nothing confirmed", () =>
    Effect.gen(function*() {
      const risk = yield* RiskStore
      const [playerId] = yield* known("pruned")
      const of = (name: string) => signalOf(`pruned/${name}`, { playerId: playerId! })
      const long = -1_000_000
      yield* raise(long - 1, of("open"), of("cleared"), of("confirmed"), of("confirmed, then cleared"))
      yield* raise(long, of("at the time"))
      yield* risk.addReview(reviewOf(of("cleared"), { verdict: "confirmed" }))
      yield* risk.addReview(reviewOf(of("cleared")))
      yield* risk.addReview(reviewOf(of("confirmed")))
      yield* risk.addReview(reviewOf(of("confirmed"), { verdict: "confirmed" }))
      yield* risk.addReview(reviewOf(of("confirmed, then cleared"), { verdict: "confirmed" }))
      yield* risk.addReview(reviewOf(of("confirmed, then cleared")))
      assert.strictEqual(yield* risk.prune(long), 3)
      assert.strictEqual(yield* risk.prune(long), 0)
      const { reviews, signals } = (yield* risk.cases([playerId!])).get(playerId!)!
      assert.deepStrictEqual(signals, [of("confirmed"), of("at the time")])
      assert.deepStrictEqual(reviews.map(({ verdict }) => verdict), ["cleared", "confirmed"])
      assert.deepStrictEqual(yield* raise(1, of("open")), [of("open")])
    }))

  it.effect("forgets all of a player, and nothing of others", () =>
    Effect.gen(function*() {
      const risk = yield* RiskStore
      const [gone, kept] = yield* known("gone", "stays")
      const profiles = [gone!, kept!].map((playerId) => new PlayProfile({ playerId, reading, baseline }))
      const signals = [gone!, kept!].map((playerId) => signalOf(`forget/${playerId}`, { playerId }))
      yield* risk.putProfiles(profiles)
      yield* raise(1, ...signals)
      for (const signal of signals) yield* risk.addReview(reviewOf(signal, { verdict: "confirmed" }))
      yield* risk.forget(gone!)
      yield* risk.forget(gone!)
      assert.deepStrictEqual(yield* risk.profiles([gone!, kept!]), [profiles[1]!])
      const cases = yield* risk.cases([gone!, kept!])
      assert.deepStrictEqual(cases.get(gone!), { signals: [], reviews: [] })
      assert.strictEqual(cases.get(kept!)?.reviews.length, 1)
      assert.isFalse(yield* isKnown(signals[0]!))
      assert.isTrue(yield* isKnown(signals[1]!))
    }))
}

/** The suite. */
export const riskSuite: Suite = (it) => {
  profiling(it)
  raising(it)
  reviewing(it)
  listing(it)
  forgetting(it)
}
