/** Runs statements on one connection of the pool, one after the other, prepared under the hash of their text. */
import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"
import type { Connection } from "effect/sql/SqlConnection"
import type { SqlError } from "effect/sql/SqlError"
import * as Stream from "effect/Stream"
import { createHash } from "node:crypto"
import type pg from "pg"
import { failure, isLost, isStatementGone } from "./failures.ts"
import { bind, mostParameters } from "./values.ts"

interface Call {
  readonly text: string
  readonly parameters: ReadonlyArray<unknown>
  readonly isPrepared: boolean
  readonly rowMode?: "array"
}

/** What `pg` answers; rows are untyped until a codec reads them. */
export interface Answer {
  readonly rows: ReadonlyArray<never>
  readonly command: string
  readonly rowCount: number | null
}

const nameOf = (text: string): string => createHash("sha1").update(text).digest("base64url")

const bindAll = (parameters: ReadonlyArray<unknown>): Array<unknown> => {
  if (parameters.length > mostParameters) throw new RangeError(`more than ${mostParameters} parameters`)
  return parameters.map(bind)
}

/** One physical connection. `lost` is set once it can not be used again. */
export class PgConnection implements Connection {
  lost: unknown = undefined
  readonly client: pg.PoolClient
  readonly #names = new Map<string, string>()
  readonly #turn = Semaphore.makeUnsafe(1)

  constructor(client: pg.PoolClient) {
    this.client = client
    // Without a listener a server that ends the session would end the process.
    client.on("error", (cause) => {
      this.lost ??= cause
    })
  }

  run(text: string, parameters: ReadonlyArray<unknown>, isPrepared = true): Effect.Effect<Answer, SqlError> {
    return this.#turn.withPermit(this.#send({ text, parameters, isPrepared }))
  }
  execute: Connection["execute"] = (text, parameters, transform) =>
    Effect.map(this.run(text, parameters), ({ rows }) => transform === undefined ? rows : transform(rows))
  executeRaw: Connection["executeRaw"] = (text, parameters) => this.run(text, parameters)
  executeValues: Connection["executeValues"] = (text, parameters) =>
    Effect.map(this.#turn.withPermit(this.#send({ text, parameters, isPrepared: true, rowMode: "array" })), rowsOf)
  executeValuesUnprepared: Connection["executeValuesUnprepared"] = (text, parameters) =>
    Effect.map(this.#turn.withPermit(this.#send({ text, parameters, isPrepared: false, rowMode: "array" })), rowsOf)
  executeStream: Connection["executeStream"] = (text, parameters, transform) =>
    Stream.fromIterableEffect(this.execute(text, parameters, transform))

  /** BEGIN, SAVEPOINT, RELEASE and ROLLBACK arrive here. What was lost needs no clean-up: the server has done it. */
  executeUnprepared: Connection["executeUnprepared"] = (text, parameters, transform) => {
    const sent = Effect.map(
      this.run(text, parameters, false),
      ({ rows }) => transform === undefined ? rows : transform(rows)
    )
    if (text.startsWith("RELEASE ")) return Effect.orElseSucceed(sent, () => [])
    return text.startsWith("ROLLBACK")
      ? Effect.catchIf(sent, () => this.lost !== undefined, () => Effect.succeed([]))
      : sent
  }

  /** An interrupted caller waits for the statement: the connection must be quiet before the next one. */
  #send(call: Call, isRetry = false): Effect.Effect<Answer, SqlError> {
    return Effect.callback<Answer, SqlError>((resume) => {
      if (this.lost !== undefined) {
        return resume(Effect.fail(failure(new Error("Connection terminated", { cause: this.lost }), "execute")))
      }
      let config: pg.QueryConfig
      try {
        config = this.#configOf(call)
      } catch (cause) {
        return resume(Effect.fail(failure(cause, "bind")))
      }
      const settled = new Promise<void>((done) =>
        this.client.query(config, (cause: Error | null, result: unknown) => {
          done()
          resume(cause ? this.#failed(call, cause, isRetry) : Effect.succeed(lastOf(result)))
        })
      )
      return Effect.promise(() => settled)
    })
  }

  #configOf({ isPrepared, parameters, rowMode, text }: Call): pg.QueryConfig {
    const name = isPrepared ? this.#names.get(text) ?? nameOf(text) : undefined
    if (name !== undefined) this.#names.set(text, name)
    return {
      text,
      values: bindAll(parameters),
      ...(name === undefined ? {} : { name }),
      ...(rowMode === undefined ? {} : { rowMode })
    } as pg.QueryConfig
  }

  #failed(call: Call, cause: unknown, isRetry: boolean): Effect.Effect<Answer, SqlError> {
    if (isLost(cause)) this.lost ??= cause
    if (!call.isPrepared || !isStatementGone(cause)) return Effect.fail(failure(cause, "execute"))
    this.#names.delete(call.text)
    return isRetry ? Effect.fail(failure(cause, "execute")) : this.#send({ ...call, isPrepared: false }, true)
  }
}

const rowsOf = ({ rows }: Answer) => rows

const lastOf = (result: unknown): Answer => (Array.isArray(result) ? result.at(-1) : result) as Answer
