/** Watches the wallet that tickets are paid to, and books what happens there. */
import type { AccountError, LedgerError } from "@purser/domain/ledger"
import { Asset } from "@purser/domain/money"
import type { Observation, PaymentStore, Scan } from "@purser/domain/payments"
import type { Rail } from "@purser/domain/reconciliation"
import { type BooksOfAnotherWallet, type IntakeReport, TicketIntake, type WalletFigures } from "@purser/domain/tickets"
import type { StorageError } from "@purser/domain/transaction"
import type { MoneroError } from "@purser/integrations/monero"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import {
  type BackOff,
  Engine,
  partingOf,
  roundAfterRound,
  type Singleton,
  type Stale,
  type Term
} from "../engine/index.ts"
import { blocksALook, look } from "./look.ts"
import { MoneroRail } from "./MoneroRail.ts"
import { MonitorHealth, type MonitorReport } from "./MonitorHealth.ts"

/** What the operator says of the monitor. */
export interface MonitorOptions {
  /** The first block to read, the one before which the wallet was not used. There is no default: a guess loses money or days. */
  readonly startHeight: number
  /** The pause between two looks. */
  readonly pollMillis: number
  /** How looks are spaced while wallet, daemon or database are down; 250 ms doubling to 30 s unless given. */
  readonly backOff?: BackOff
}

/** The office that only one process holds. */
export const name = "monero.monitor"

/** Why a look came to nothing. `Stale` ends the term; everything else is tried again. */
export type LookError = MoneroError | StorageError | LedgerError | Stale

const reportOf = ({ daemonHeight, readUpTo }: Scan): MonitorReport => {
  const height = readUpTo + 1
  return height === daemonHeight
    ? { _tag: "CaughtUp", height }
    : { _tag: "Behind", height, daemonHeight, blocks: daemonHeight - height }
}

/** What one look came to. `hasMore` says that the wallet has blocks which the next look reads. */
export interface Ticked extends IntakeReport {
  readonly hasMore: boolean
}

/** Looks once and takes in what is seen, under the term's fence. Safe to repeat at any point. */
export const tick = Effect.fn("MonitorMonero.tick")(function*(
  term: Term,
  startHeight: number
): Effect.fn.Return<Ticked, LookError, TicketIntake | MonitorHealth | MoneroRail | PaymentStore> {
  const intake = yield* TicketIntake
  const health = yield* MonitorHealth
  const scan = yield* look(startHeight)
  const report = yield* term.guard(intake.apply(scan))
  yield* health.report(reportOf(scan))
  return { ...report, hasMore: scan.readUpTo < scan.walletHeight - 1 }
})

const watch = Effect.fnUntraced(function*(term: Term, { backOff, pollMillis, startHeight }: MonitorOptions) {
  const { report } = yield* MonitorHealth
  return yield* roundAfterRound({
    name,
    round: tick(term, startHeight),
    pause: ({ hasMore }) => hasMore ? Effect.void : Effect.sleep(pollMillis),
    report,
    backOff
  })
})

/** The monitor as a singleton. Opens the accounts that it books on before it looks. */
export const singleton = (
  options: MonitorOptions
): Singleton<
  AccountError | BooksOfAnotherWallet | StorageError | Stale,
  TicketIntake | MonitorHealth | MoneroRail | PaymentStore
> => ({
  name,
  run: (term: Term) =>
    TicketIntake.use((intake) => term.guard(intake.books)).pipe(
      Effect.andThen(watch(term, options)),
      Effect.onExit((exit) => MonitorHealth.use((health) => health.report(partingOf(exit))))
    )
})

/** Keeps the monitor in office. */
export const layer = (
  options: MonitorOptions
): Layer.Layer<never, never, Engine | MoneroRail | MonitorHealth | PaymentStore | TicketIntake> =>
  Layer.effectDiscard(Engine.use((engine) => engine.start(singleton(options))))

/** How often the figures are read anew when a block arrives meanwhile. */
const readings = 3

const figuresOnce = Effect.fnUntraced(function*(startHeight: number) {
  const rail = yield* MoneroRail
  const height = yield* rail.walletHeight
  const top = height - 1
  const pages: Array<ReadonlyArray<Observation>> = []
  let above = Math.max(0, startHeight - 1)
  for (; above + blocksALook < top; above += blocksALook) pages.push(yield* rail.incoming(above, above + blocksALook))
  pages.push(yield* rail.incoming(above))
  const figures: WalletFigures = { payments: pages.flat(), balanceMinor: yield* rail.balanceMinor }
  return { figures, isOfOneMoment: height === (yield* rail.walletHeight) }
})

/**
 * What the wallet says it holds since that height, to hold the books against. It is read in several calls: when a block
 * arrives between them they are made again, at most twice.
 */
export const walletFigures = Effect.fnUntraced(function*(
  startHeight: number
): Effect.fn.Return<WalletFigures, MoneroError, MoneroRail> {
  let read = yield* figuresOnce(startHeight)
  for (let reading = 1; reading < readings && !read.isOfOneMoment; reading += 1) read = yield* figuresOnce(startHeight)
  return read.figures
})

/** The wallet as a rail that the books are held against. */
export const rail = (
  startHeight: number
): Rail.Rail<MoneroError | StorageError, MoneroRail | TicketIntake> => ({
  name: "monero",
  asset: Asset.XMR.code,
  compare: Effect.flatMap(
    walletFigures(startHeight),
    (figures) => TicketIntake.use((intake) => intake.reconcile(figures))
  )
})

const askAgain = "1 second"
const longestWait = "30 seconds"

/** Waits for the monitor of this process; not for long, since another worker may have it. */
const caughtUp = MonitorHealth.use(({ read }) =>
  Effect.repeat(read, { until: ({ _tag }) => _tag === "CaughtUp", schedule: Schedule.spaced(askAgain) })
).pipe(Effect.timeoutOption(longestWait))

/** As `rail`, once the monitor has caught up: before, the books lack what the wallet has, and both read the same history. */
export const railCaughtUp = (
  startHeight: number
): Rail.Rail<MoneroError | StorageError, MoneroRail | TicketIntake | MonitorHealth> => {
  const { compare, ...names } = rail(startHeight)
  return { ...names, compare: Effect.andThen(caughtUp, compare) }
}
