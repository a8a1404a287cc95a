/** Models a rail that pays out, with everything that networks and nodes do to blocks: a chain in memory. */
import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"
import * as Effect from "effect/Effect"
import {
  BlockReference,
  type Incoming,
  type OperatorBlock,
  type PayoutRail,
  type PayoutRules,
  type RailFrontier,
  RailRefused,
  RailUnavailable,
  type SignedBlock
} from "../index.ts"

/**
 * What becomes of a publication.
 *
 * - `lands`: it is taken, and answered.
 * - `lost`: it never arrives, and nobody answers.
 * - `landsUnheard`: it is taken, and the answer is lost.
 * - `dropped`: it is answered as taken, and forgotten.
 * - `refused`: the node says that it can never be taken, and does not take it.
 */
export type Fate = "lands" | "lost" | "landsUnheard" | "dropped" | "refused"

interface Entry {
  readonly hash: BlockReference
  readonly previous: BlockReference
  readonly height: number
  readonly balanceRaw: bigint
  /** Null for what is received, and for a block that somebody else signed. */
  readonly payee: string | null
  readonly source: BlockReference | null
  readonly isConfirmed: boolean
}

/** As many of the smallest units are one minor unit. */
const rawPerMinor = 1000n

/** What stands where there is no block. */
const none = BlockReference.make("0".repeat(64))

const named = (...parts: ReadonlyArray<string | bigint>): BlockReference =>
  BlockReference.make(bytesToHex(sha256(utf8ToBytes(parts.join("|")))))

/** Hashes follow from what blocks do, as on a real rail: the same block has the same hash. */
const entryOf = (fields: Omit<Entry, "hash" | "isConfirmed">): Entry => ({
  ...fields,
  hash: named(fields.previous, fields.payee ?? "", fields.source ?? "", fields.balanceRaw),
  isConfirmed: false
})

const print = (entry: Entry): string =>
  JSON.stringify(entry, (_key, value: unknown) => typeof value === "bigint" ? String(value) : value)

const read = (body: string): Entry => {
  const parsed = JSON.parse(body) as Omit<Entry, "balanceRaw"> & { readonly balanceRaw: string }
  return { ...parsed, balanceRaw: BigInt(parsed.balanceRaw) }
}

const minorOf = (raw: bigint): bigint => raw / rawPerMinor

const signedOf = (entry: Entry, { balanceMinor, balanceRaw }: RailFrontier): SignedBlock => {
  const isSend = entry.balanceRaw < balanceRaw
  const afterMinor = minorOf(entry.balanceRaw)
  return {
    hash: entry.hash,
    account: RailModel.account,
    previous: entry.previous,
    height: entry.height,
    kind: isSend ? "send" : "receive",
    amountMinor: isSend ? balanceMinor - afterMinor : afterMinor - balanceMinor,
    balanceRaw: String(entry.balanceRaw),
    body: print(entry),
    source: entry.source
  }
}

/** One account's chain, as one node has it. What is done to it is seen at once. */
export class RailModel {
  static readonly account = "operator"

  /** What becomes of the publications that come next, in order; those after them land. */
  readonly fates: Array<Fate> = []
  /** Whether it answers at all. */
  isUp = true
  /** How many of its newest blocks the node does not know when it is asked: it is behind another that took them. */
  behind = 0
  /** What the node says too much of the balance, in its smallest unit. */
  liesRaw = 0n
  /** Every publication that arrived here, by hash, in order. */
  readonly published: Array<BlockReference> = []

  #entries: ReadonlyArray<Entry> = []
  #incoming: ReadonlyArray<Incoming> = []
  #foreign = 0

  /** Money for the account, in raw: a thousandth of a minor unit. Answers with the block that sent it. */
  fund(amountRaw: bigint): BlockReference {
    const source = named("fund", String(this.#incoming.length))
    this.#incoming = [...this.#incoming, { source, amountRaw }]
    return source
  }

  /** Confirms all blocks of the account. */
  confirm(): void {
    this.#entries = this.#entries.map((entry) => ({ ...entry, isConfirmed: true }))
  }

  /** Somebody else with the same key takes an amount away, above the newest block. Answers with that block. */
  intrude(amountRaw: bigint): BlockReference {
    return this.#append(amountRaw)
  }

  /** An election is lost: a block of somebody else takes the place of the lowest that is not confirmed. */
  displace(amountRaw: bigint): BlockReference | undefined {
    const settled = this.#entries.filter(({ isConfirmed }) => isConfirmed)
    if (settled.length === this.#entries.length) return undefined
    this.#entries = settled
    return this.#append(amountRaw)
  }

  /** Forgets what is not confirmed. */
  drop(): void {
    this.#entries = this.#entries.filter(({ isConfirmed }) => isConfirmed)
  }

  get balanceRaw(): bigint {
    return this.#entries.at(-1)?.balanceRaw ?? 0n
  }

  /** The sends of ours that are in the chain, in minor units: whom they paid, and whether that is final. */
  get sends(): ReadonlyArray<{ readonly payee: string; readonly amountMinor: bigint; readonly isConfirmed: boolean }> {
    return this.#entries.flatMap(({ balanceRaw, isConfirmed, payee }, index) =>
      payee === null
        ? []
        : [{ payee, amountMinor: minorOf(this.#entries[index - 1]!.balanceRaw - balanceRaw), isConfirmed }]
    )
  }

  /** The port. */
  readonly rail: PayoutRail["Service"] = {
    account: RailModel.account,
    frontier: this.#asked(() => this.#frontier()),
    receivable: (limit) => this.#asked(() => this.#waiting().slice(0, limit)),
    signSend: (frontier, { amountMinor, payee }) => {
      const balanceRaw = frontier.balanceRaw - amountMinor * rawPerMinor
      if (payee === "malformed") return new RailRefused({ why: "PayeeMalformed" })
      if (balanceRaw < 0n) return new RailRefused({ why: "AmountTooLarge" })
      return this.#asked(() => this.#signed(frontier, { payee, source: null, balanceRaw }))
    },
    signReceive: (frontier, { amountRaw, source }) =>
      this.#asked(() => this.#signed(frontier, { payee: null, source, balanceRaw: frontier.balanceRaw + amountRaw })),
    publish: ({ body }) => Effect.sync(() => this.#publish(read(body))),
    look: (block) => this.#asked(() => this.#look(block)),
    prepare: () => Effect.void
  }

  #asked<A>(answer: () => A): Effect.Effect<A, RailUnavailable> {
    return Effect.suspend(() => this.isUp ? Effect.sync(answer) : new RailUnavailable({ why: "down on purpose" }))
  }

  #seen(): ReadonlyArray<Entry> {
    return this.behind === 0 ? this.#entries : this.#entries.slice(0, -this.behind)
  }

  #frontier(): RailFrontier {
    const last = this.#seen().at(-1)
    const balanceRaw = (last?.balanceRaw ?? 0n) + this.liesRaw
    return {
      newest: last?.hash ?? none,
      height: last?.height ?? 0,
      balanceRaw,
      balanceMinor: minorOf(balanceRaw),
      representative: "representative"
    }
  }

  #waiting(): ReadonlyArray<Incoming> {
    const received = new Set(this.#entries.map(({ source }) => source))
    return this.#incoming.filter(({ source }) => !received.has(source))
      .toSorted((left, right) => left.amountRaw < right.amountRaw ? 1 : -1)
  }

  #signed(frontier: RailFrontier, does: Pick<Entry, "payee" | "source" | "balanceRaw">): SignedBlock {
    return signedOf(entryOf({ ...does, previous: frontier.newest, height: frontier.height + 1 }), frontier)
  }

  #append(amountRaw: bigint): BlockReference {
    const last = this.#entries.at(-1)
    this.#foreign += 1
    const entry = {
      hash: named("foreign", String(this.#foreign)),
      previous: last?.hash ?? none,
      height: (last?.height ?? 0) + 1,
      balanceRaw: (last?.balanceRaw ?? 0n) - amountRaw,
      payee: null,
      source: null,
      isConfirmed: false
    }
    this.#entries = [...this.#entries, entry]
    return entry.hash
  }

  #publish(entry: Entry): PayoutRules.Answer {
    const fate = this.isUp ? this.fates.shift() ?? "lands" : "lost"
    if (fate === "lost") return "Unclear"
    this.published.push(entry.hash)
    if (fate === "dropped") return "Taken"
    if (fate === "refused") return "Invalid"
    const answer = this.#offer(entry)
    return fate === "landsUnheard" ? "Unclear" : answer
  }

  #offer(entry: Entry): PayoutRules.Answer {
    if (this.#entries.some(({ hash }) => hash === entry.hash)) return "Known"
    const isBeginning = entry.previous === none
    if (!isBeginning && !this.#entries.some(({ hash }) => hash === entry.previous)) return "Early"
    if ((this.#entries.at(-1)?.hash ?? none) !== entry.previous) return "Displaced"
    if (entry.source !== null && !this.#waiting().some(({ source }) => source === entry.source)) return "Early"
    this.#entries = [...this.#entries, { ...entry, isConfirmed: false }]
    return "Taken"
  }

  #look({ hash, height }: OperatorBlock): PayoutRules.Sight {
    const found = this.#seen().find((entry) => entry.hash === hash)
    if (found !== undefined) return found.isConfirmed ? "Confirmed" : "Seen"
    return this.#seen()[height - 1]?.isConfirmed === true ? "RivalConfirmed" : "Missing"
  }
}
