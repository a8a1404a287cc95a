/** Rations derivations: each takes 16 MiB and tens of milliseconds of a core. */
import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"
import { RedeemBusy } from "../TicketError.ts"

/** How many run at once and how many may wait. */
export interface Ration {
  readonly concurrency: number
  readonly queue: number
}

/** About what one derivation takes where it is slow. */
const derivationMillis = 50
const shortestRetryMillis = 1_000

/** Runs effects within the ration; refuses at once with `RedeemBusy` when the queue is full. */
export const makeRationing = ({ concurrency, queue }: Ration) =>
  Effect.map(Semaphore.make(concurrency), (permits) => {
    let admitted = 0
    const retryAfterMillis = Math.max(shortestRetryMillis, Math.ceil(queue / concurrency) * derivationMillis)
    const admit = Effect.suspend(() => {
      if (admitted >= concurrency + queue) return Effect.fail(new RedeemBusy({ retryAfterMillis }))
      admitted += 1
      return Effect.void
    })
    const release = Effect.sync(() => {
      admitted -= 1
    })
    return <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E | RedeemBusy, R> =>
      Effect.acquireUseRelease(admit, () => permits.withPermits(1)(effect), () => release)
  })
