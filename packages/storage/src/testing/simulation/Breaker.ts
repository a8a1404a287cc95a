/** Breaks what goes on between one process and its database, at the moment that a simulation chooses. */
import type { Fault } from "@purser/domain/ledger/testing"
import * as Effect from "effect/Effect"
import { ConnectionError, SerializationError, SqlError } from "effect/sql/SqlError"
import { inDoubt } from "../../failures.ts"

type Running<A> = Effect.Effect<A, SqlError>

const message = "broken by the simulation"
const cause = new Error(message)

const gone = new SqlError({ reason: new ConnectionError({ cause, message, operation: "execute" }) })
const contended = new SqlError({ reason: new SerializationError({ cause, message, operation: "execute" }) })

/** How the line to the database is broken for good, where there is one. */
export type Cut = () => void

/** What is armed strikes once, except that a process which gets no connection gets none until it is disarmed. */
export class Breaker {
  #armed: Fault | undefined
  #hasStruck = false
  #hasCrashed = false

  get hasCrashed(): boolean {
    return this.#hasCrashed
  }
  arm(fault: Fault): void {
    this.#armed = fault
  }
  disarm(): boolean {
    const hasStruck = this.#hasStruck
    this.#armed = undefined
    this.#hasStruck = false
    return hasStruck
  }

  /** Takes a connection, if there is one to be had. */
  connecting<A, R>(connect: Effect.Effect<A, SqlError, R>): Effect.Effect<A, SqlError, R> {
    return Effect.suspend(() => {
      if (this.#armed === "Unavailable") this.#hasStruck = true
      return this.#hasCrashed || this.#armed === "Unavailable" ? Effect.fail(gone) : connect
    })
  }

  /** Runs a statement that commits nothing. Within a transaction the line can break, or another can have been first. */
  running<A>(statement: Running<A>, isWithin: boolean, cut: Cut): Running<A> {
    return Effect.suspend(() => {
      if (this.#hasCrashed) return Effect.fail(gone)
      if (!isWithin) return statement
      if (this.#take("StatementLost")) {
        cut()
        return Effect.fail(gone)
      }
      return this.#take("Contended") ? Effect.fail(contended) : statement
    })
  }

  /** Undoes: what a dead process had open is undone by itself. */
  undoing<A>(statement: Running<ReadonlyArray<A>>): Running<ReadonlyArray<A>> {
    return Effect.suspend(() => this.#hasCrashed ? Effect.succeed([]) : statement)
  }

  /** Runs a statement that commits; `hasWritten` tells from its answer whether there was something to commit. */
  committing<A>(statement: Running<A>, hasWritten: (answer: A) => boolean, cut: Cut): Running<A> {
    return Effect.suspend(() => {
      if (this.#hasCrashed) return Effect.fail(gone)
      if (this.#take("CrashBeforeCommit")) return this.#crash(cut)
      if (this.#take("CommitLost")) {
        cut()
        return Effect.fail(inDoubt(cause, "COMMIT"))
      }
      return Effect.flatMap(
        statement,
        (answer) => hasWritten(answer) ? this.#committed(answer, cut) : Effect.succeed(answer)
      )
    })
  }

  #committed<A>(answer: A, cut: Cut): Running<A> {
    if (this.#take("CrashAfterCommit")) return this.#crash(cut)
    if (!this.#take("AnswerLost")) return Effect.succeed(answer)
    cut()
    return Effect.fail(inDoubt(cause, "COMMIT"))
  }
  #crash(cut: Cut): Running<never> {
    this.#hasCrashed = true
    cut()
    return Effect.fail(gone)
  }
  #take(fault: Fault): boolean {
    if (this.#armed !== fault) return false
    this.#armed = undefined
    this.#hasStruck = true
    return true
  }
}
