/** Streams rows into a PostgreSQL table through COPY. */
import { once } from "node:events"
import type { Socket } from "node:net"
import { Client, type Submittable } from "pg"

interface Connection {
  readonly stream: Socket
  readonly query: (text: string) => void
  readonly sendCopyFromChunk: (chunk: Buffer) => void
  readonly endCopyFrom: () => void
}

/** What `pg` calls on a query that it was handed. */
class CopyQuery {
  connection: Connection | undefined
  readonly ready = Promise.withResolvers<void>()
  readonly done = Promise.withResolvers<void>()
  readonly #text: string

  constructor(text: string) {
    this.#text = text
    this.done.promise.catch(() => undefined)
  }
  submit(connection: Connection): void {
    this.connection = connection
    connection.query(this.#text)
  }
  handleCopyInResponse(): void {
    this.ready.resolve()
  }
  handleError(error: Error): void {
    this.ready.reject(error)
    this.done.reject(error)
  }
  handleCommandComplete(): void {
    // What was copied counts once the server is ready again.
  }
  handleReadyForQuery(): void {
    this.done.resolve()
  }
}

/** One COPY on a connection of its own. */
export class CopyIn {
  readonly #client: Client
  readonly #query: CopyQuery
  #lines: Array<string> = []

  private constructor(client: Client, query: CopyQuery) {
    this.#client = client
    this.#query = query
  }
  /** Begins; `text` is `COPY table (columns) FROM STDIN`. */
  static async begin(url: string, text: string): Promise<CopyIn> {
    const client = new Client({ connectionString: url })
    await client.connect()
    const query = new CopyQuery(text)
    client.query(query as unknown as Submittable)
    await query.ready.promise
    return new CopyIn(client, query)
  }
  /** Takes a line in the text format of COPY, without its end. */
  add(line: string): void {
    this.#lines.push(line)
  }
  /** Sends what was added, and waits where the server is behind. */
  async flush(): Promise<void> {
    if (this.#lines.length === 0) return
    const connection = this.#query.connection!
    connection.sendCopyFromChunk(Buffer.from(`${this.#lines.join("\n")}\n`))
    this.#lines = []
    if (connection.stream.writableNeedDrain) await once(connection.stream, "drain")
  }
  async end(): Promise<void> {
    await this.flush()
    this.#query.connection!.endCopyFrom()
    await this.#query.done.promise
    await this.#client.end()
  }
}
