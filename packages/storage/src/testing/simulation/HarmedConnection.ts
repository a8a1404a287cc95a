/** Puts a breaker between the stores and a real connection. */
import * as Effect from "effect/Effect"
import type { Connection } from "effect/sql/SqlConnection"
import type { SqlError } from "effect/sql/SqlError"
import * as Stream from "effect/Stream"
import type { Breaker, Cut } from "./Breaker.ts"

type Transform = Parameters<Connection["execute"]>[2]

/** A real connection: what a breaker has to know of it. */
export interface Wire {
  readonly connection: Connection
  readonly commit: Effect.Effect<void, SqlError>
  /** Whether a transaction is open. */
  readonly isWithin: () => boolean
  readonly cut: Cut
}

/** Puts one statement in the place of another. */
export type Rewrite = (text: string) => string

/** Begins, undoes or looks: when the line breaks nothing is in doubt. */
const harmless = /^\s*(?:select|begin|savepoint|release|rollback|set|show)\b/iu

const always = () => true

/** Runs statements on the wire as long as the breaker lets it. */
export class HarmedConnection implements Connection {
  readonly wire: Wire
  readonly #breaker: Breaker
  readonly #rewrite: Rewrite

  constructor(wire: Wire, breaker: Breaker, rewrite: Rewrite = (text) => text) {
    this.wire = wire
    this.#breaker = breaker
    this.#rewrite = rewrite
  }

  execute(text: string, parameters: ReadonlyArray<unknown>, transform: Transform) {
    return this.#run(
      text,
      this.wire.connection.execute(this.#rewrite(text), parameters, transform),
      (rows) => rows.length > 0
    )
  }
  executeRaw(text: string, parameters: ReadonlyArray<unknown>) {
    return this.#run(text, this.wire.connection.executeRaw(text, parameters), always)
  }
  executeValues(text: string, parameters: ReadonlyArray<unknown>) {
    return this.#run(text, this.wire.connection.executeValues(text, parameters), (rows) => rows.length > 0)
  }
  executeValuesUnprepared(text: string, parameters: ReadonlyArray<unknown>) {
    return this.#run(text, this.wire.connection.executeValuesUnprepared(text, parameters), always)
  }
  executeUnprepared(text: string, parameters: ReadonlyArray<unknown>, transform: Transform) {
    if (text === "COMMIT") return Effect.as(this.commit, [])
    const statement = this.wire.connection.executeUnprepared(text, parameters, transform)
    return /^(?:ROLLBACK|RELEASE)/u.test(text)
      ? this.#breaker.undoing(statement)
      : this.#run(text, statement, always)
  }
  executeStream(text: string, parameters: ReadonlyArray<unknown>, transform: Transform) {
    return Stream.fromIterableEffect(this.execute(text, parameters, transform))
  }
  /** Commits the transaction that is open. */
  get commit(): Effect.Effect<void, SqlError> {
    return this.#breaker.committing(this.wire.commit, always, this.wire.cut)
  }

  /** A statement outside a transaction commits by itself. */
  #run<A>(text: string, statement: Effect.Effect<A, SqlError>, hasWritten: (answer: A) => boolean) {
    return Effect.suspend(() => {
      const isWithin = this.wire.isWithin()
      return isWithin || harmless.test(text)
        ? this.#breaker.running(statement, isWithin, this.wire.cut)
        : this.#breaker.committing(statement, hasWritten, this.wire.cut)
    })
  }
}
