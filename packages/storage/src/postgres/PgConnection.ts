/** Runs statements on one connection to PostgreSQL. */
import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"
import type { Connection } from "effect/sql/SqlConnection"
import type { SqlError } from "effect/sql/SqlError"
import * as Stream from "effect/Stream"
import type pg from "pg"
import { inDoubt } from "../failures.ts"
import { AnswerTimeoutMillis } from "./AnswerTimeout.ts"
import { isBeforehand, isLost, isStalePlan, pgFailure } from "./pgFailures.ts"
import { bind, maximumParameters } from "./pgValues.ts"

type Transform = Parameters<Connection["execute"]>[2]
type Rows = ReadonlyArray<never>
type Result = pg.QueryResult<never>

/** The parts of a client that its types leave out. */
type Client = pg.PoolClient & { readonly getTransactionStatus: () => string | null }

interface Call {
  readonly text: string
  readonly parameters?: ReadonlyArray<unknown>
  readonly isPrepared?: boolean
  readonly asArrays?: boolean
}

/** Statements prepared on a connection stay there, so only so many are; what comes after runs without a name. */
const maximumPrepared = 256

/** Statements that change nothing, or begin or undo: when the line breaks, nothing is in doubt. */
const harmless = /^\s*(?:select|begin|rollback|savepoint|release|set|show|listen)\b/iu

const bindAll = (parameters: ReadonlyArray<unknown>): Array<unknown> => {
  if (parameters.length > maximumParameters) throw new RangeError(`more than ${maximumParameters} parameters`)
  return parameters.map(bind)
}

/** A connection of the pool. Fibers that share its transaction take turns. */
export class PgConnection implements Connection {
  /** Why the connection can not be used any more. */
  lost: unknown = undefined
  readonly client: Client
  readonly #names = new Map<string, string>()
  readonly #turns = Semaphore.makeUnsafe(1)

  constructor(client: pg.PoolClient) {
    this.client = client as Client
    // Without a listener the end of a connection is an uncaught exception.
    client.on("error", (cause) => {
      this.lost ??= cause
    })
  }

  /** Whether no transaction is open. A connection that has just been made says nothing yet. */
  get isIdle(): boolean {
    return (this.client.getTransactionStatus() ?? "I") === "I"
  }

  execute(text: string, parameters: ReadonlyArray<unknown>, transform: Transform): Effect.Effect<Rows, SqlError> {
    return this.#rows({ text, parameters, isPrepared: true }, transform)
  }
  executeRaw(text: string, parameters: ReadonlyArray<unknown>): Effect.Effect<Result, SqlError> {
    return this.#run({ text, parameters, isPrepared: true })
  }
  executeValues(text: string, parameters: ReadonlyArray<unknown>): Effect.Effect<ReadonlyArray<never>, SqlError> {
    return Effect.map(this.#run({ text, parameters, isPrepared: true, asArrays: true }), ({ rows }) => rows)
  }
  executeValuesUnprepared(
    text: string,
    parameters: ReadonlyArray<unknown>
  ): Effect.Effect<ReadonlyArray<never>, SqlError> {
    return Effect.map(this.#run({ text, parameters, asArrays: true }), ({ rows }) => rows)
  }
  /**
   * Control statements arrive here, and a failing clean-up would become a defect. A lost connection has rolled back by
   * itself, and after a failing RELEASE the next statement or the COMMIT says why.
   */
  executeUnprepared(
    text: string,
    parameters: ReadonlyArray<unknown>,
    transform: Transform
  ): Effect.Effect<Rows, SqlError> {
    const rows = this.#rows({ text, parameters }, transform)
    if (text.startsWith("RELEASE ")) return Effect.orElseSucceed(rows, () => [])
    if (!text.startsWith("ROLLBACK")) return rows
    return Effect.catchIf(rows, () => this.lost !== undefined, () => Effect.succeed([]))
  }
  /** Reads everything at once: results here are pages. */
  executeStream(
    text: string,
    parameters: ReadonlyArray<unknown>,
    transform: Transform
  ): Stream.Stream<never, SqlError> {
    return Stream.fromIterableEffect(this.execute(text, parameters, transform))
  }

  /** Commits. When the line breaks on the way the outcome is unknown, unless the server had ended the session before. */
  get commit(): Effect.Effect<void, SqlError> {
    return Effect.flatMap(this.#run({ text: "COMMIT" }), ({ command }) =>
      command === "ROLLBACK"
        ? Effect.fail(pgFailure(new Error("the transaction had failed before COMMIT"), "COMMIT"))
        : Effect.void)
  }

  #rows(call: Call, transform: Transform): Effect.Effect<Rows, SqlError> {
    return Effect.map(this.#run(call), ({ rows }) => transform === undefined ? rows : transform(rows) as Rows)
  }
  /** Not interruptible: a statement is waited for, within the time-out, so that the connection is never in an unknown state. */
  #run(call: Call): Effect.Effect<Result, SqlError> {
    return this.#turns.withPermit(
      Effect.uninterruptible(
        Effect.flatMap(AnswerTimeoutMillis, (answerTimeoutMillis) => this.#send(call, answerTimeoutMillis))
      )
    )
  }
  #send(call: Call, answerTimeoutMillis: number | undefined): Effect.Effect<Result, SqlError> {
    return Effect.callback((resume) => {
      if (this.lost !== undefined) return resume(Effect.fail(pgFailure(this.#gone(), "execute")))
      try {
        const isAtRisk = this.#isAtRisk(call.text)
        const config = this.#config(call, answerTimeoutMillis)
        this.client.query(config as pg.QueryConfig, (cause: Error | null, result: Result) => {
          resume(cause === null ? Effect.succeed(result) : Effect.fail(this.#failure(cause, isAtRisk)))
        })
      } catch (cause) {
        resume(Effect.fail(pgFailure(cause, "bind")))
      }
    })
  }
  #gone(): Error {
    return new Error("Connection terminated", { cause: this.lost })
  }
  /** A lone statement commits by itself, so its outcome can be in doubt as that of COMMIT can. */
  #isAtRisk(text: string): boolean {
    return text === "COMMIT" || this.isIdle && !harmless.test(text)
  }
  #config({ asArrays, isPrepared, parameters = [], text }: Call, answerTimeoutMillis: number | undefined) {
    const name = isPrepared === true ? this.#nameOf(text) : undefined
    return {
      text,
      values: bindAll(parameters),
      ...(answerTimeoutMillis === undefined ? {} : { query_timeout: answerTimeoutMillis }),
      ...(name === undefined ? {} : { name }),
      ...(asArrays === true ? { rowMode: "array" } : {})
    }
  }
  #nameOf(text: string): string | undefined {
    const known = this.#names.get(text)
    if (known !== undefined || this.#names.size >= maximumPrepared) return known
    const name = `s${this.#names.size}`
    this.#names.set(text, name)
    return name
  }
  #failure(cause: Error, isAtRisk: boolean): SqlError {
    // A connection with stale plans is not handed out again; a new one prepares anew.
    if (isLost(cause) || isStalePlan(cause)) this.lost ??= cause
    return isAtRisk && isLost(cause) && !isBeforehand(cause) ? inDoubt(cause, "COMMIT") : pgFailure(cause, "execute")
  }
}
