/** Lets the network and the node fail at every exchange of a payout, with the real client. */
import { assert, describe, layer } from "@effect/vitest"
import { OperatorBlock, PayoutId, PayoutRail } from "@purser/domain/payouts"
import { BananoSandbox, type FaultKind, type SandboxFault } from "@purser/integrations/banano/sandbox"
import { PayBananoPayouts } from "@purser/jobs"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import {
  addressOf,
  assertBooks,
  audit,
  drive,
  fund,
  makeNames,
  makeOwing,
  onSandbox,
  openOffice,
  paidMinor,
  payoutNamed,
  places,
  signing
} from "./world.ts"

const kinds: ReadonlyArray<FaultKind> = ["error500", "silence", "reset", "truncated"]

const broken = (action: string): ReadonlyArray<SandboxFault> =>
  kinds.flatMap((kind) => [false, true].map((isDone) => ({ kind, isDone, action, answers: 1 })))

/** What a node may say of a block; some of it is not true. */
const texts = [
  "Old block",
  "Fork",
  "Gap previous block",
  "Gap source block",
  "Unreceivable",
  "Block work is less than threshold",
  "Bad signature",
  "Block is invalid",
  "Invalid block balance for given subtype",
  "The node is too busy"
]

const publications: ReadonlyArray<SandboxFault> = [
  ...broken("process"),
  ...texts.map((text) => ({ kind: "refusal", isDone: false, action: "process", answers: 1, text } as const)),
  { kind: "drop", isDone: false, action: "process", answers: 1 }
]

/** Reading changes nothing, so it does not matter whether it was done. A silent reading is asked four times. */
const readings: ReadonlyArray<SandboxFault> = ["account_info", "block_info", "receivable"].flatMap((action) => [
  { kind: "error500", isDone: false, action, answers: 4 },
  { kind: "truncated", isDone: false, action, answers: 1 },
  { kind: "refusal", isDone: false, action, answers: 1, text: "The node is too busy" }
])

const title = ({ action, answers, isDone, kind, text }: SandboxFault): string =>
  `${action}: ${kind}${text === undefined ? "" : ` ${text}`}${isDone ? " after it was done" : ""}${
    answers > 1 ? `, ${answers} times` : ""
  }`

const named = (faults: ReadonlyArray<SandboxFault>) => faults.map((fault) => [title(fault), fault] as const)

/** The store makes no difference to what a node says: on PostgreSQL those that leave a block in doubt. */
const courses = {
  sqlite: [...publications, ...readings],
  postgres: publications.filter(({ kind, text }) => kind !== "refusal" || text === "Old block" || text === "Fork")
} as const

describe.each(["sqlite", "postgres"] as const)("RW-8 RW-10 faults of a node, the books on %s", (place) => {
  const owing = makeOwing()
  const nextName = makeNames()
  const base = signing(owing).pipe(Layer.provideMerge(Layer.mergeAll(onSandbox, places[place]())))

  const money = Layer.effectDiscard(
    Effect.orDie(Effect.andThen(fund(1_000_000n), Effect.flatMap(openOffice, (term) => drive(term, []))))
  )

  layer(Layer.provideMerge(money, base), { excludeTestServices: true })((it) => {
    /** Two payouts, of which the fault hits the first. Both are paid, once. */
    const twoPayouts = Effect.fnUntraced(function*(fault: SandboxFault) {
      const { fail } = yield* BananoSandbox
      const term = yield* openOffice
      const [first, second] = [nextName(), nextName()]
      yield* owing.owe({ name: first, player: first, amountMinor: 210n })
      yield* owing.owe({ name: second, player: second, amountMinor: 63n })
      yield* fail(fault)
      yield* drive(term, [first, second])
      yield* fail({ ...fault, answers: 0 })
      for (const name of [first, second]) assert.strictEqual((yield* payoutNamed(name)).status, "confirmed")
      assert.deepStrictEqual([yield* paidMinor(first), yield* paidMinor(second)], [210n, 63n])
      yield* audit([first, second])
    })

    it.effect.each(named(courses[place]))("pay once: %s", ([, fault]) => twoPayouts(fault))

    it.effect("receives once, whatever becomes of the answers", () =>
      Effect.gen(function*() {
        const { fail } = yield* BananoSandbox
        const term = yield* openOffice
        for (const fault of broken("process")) {
          yield* fund(7n)
          yield* fail(fault)
          yield* drive(term, [])
        }
        const name = nextName()
        yield* owing.owe({ name, player: name, amountMinor: 1n })
        yield* drive(term, [name])
        yield* audit([name])
      }))

    it.effect("leaves books that hold in themselves", () => assertBooks)

    it.effect("pay twice in the naive way, which answers silence with a new block", () =>
      Effect.gen(function*() {
        const { confirm, fail } = yield* BananoSandbox
        const rail = yield* PayoutRail
        const term = yield* openOffice
        const name = nextName()
        yield* fail({ kind: "silence", isDone: true, action: "process", answers: 1 })
        for (let answer = "Unclear"; answer !== "Taken";) {
          const order = { payee: addressOf(name), amountMinor: 100n }
          const signed = yield* rail.signSend(yield* rail.frontier, order)
          const unknown = { payoutId: PayoutId.make(name), state: "stored", storedAtMillis: 0 } as const
          answer = yield* rail.publish(new OperatorBlock({ ...signed, ...unknown }))
        }
        yield* confirm()
        assert.strictEqual(yield* paidMinor(name), 200n)
        // What it did is seen, and nothing is signed above it.
        assert.strictEqual((yield* PayBananoPayouts.tick(term)).step._tag, "ForeignBlock")
      }))
  })
})
