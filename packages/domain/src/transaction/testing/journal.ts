/** Remembers how to undo each change, so that a transaction costs what it changes and not what there is. */

/** Rows by key. `values` gives them in no promised order. */
export interface MemoryTable<Key, Value> {
  readonly get: (key: Key) => Value | undefined
  readonly set: (key: Key, value: Value) => void
  readonly delete: (key: Key) => void
  readonly values: () => Iterable<Value>
  readonly size: () => number
}

/** One value. */
export interface MemoryCell<Value> {
  readonly get: () => Value
  readonly set: (value: Value) => void
}

/** The undo steps of the open transaction, oldest first. */
export class Journal {
  #steps: Array<() => void> = []
  #depth = 0

  /** Opens a transaction or savepoint; answers with the place to undo to. */
  begin(): number {
    this.#depth += 1
    return this.#steps.length
  }
  /** Keeps what was changed. The outermost keep forgets how to undo. */
  keep(): void {
    this.#depth -= 1
    if (this.#depth === 0) this.#steps = []
  }
  /** Undoes everything since the mark, newest first. */
  undoTo(mark: number): void {
    this.#depth -= 1
    for (const undo of this.#steps.splice(mark).toReversed()) undo()
  }

  table<Key, Value>(): MemoryTable<Key, Value> {
    const rows = new Map<Key, Value>()
    const restore = (key: Key): void => {
      const before = rows.get(key)
      this.#record(before === undefined ? () => rows.delete(key) : () => rows.set(key, before))
    }
    return {
      get: (key) => rows.get(key),
      set: (key, value) => {
        restore(key)
        rows.set(key, value)
      },
      delete: (key) => {
        restore(key)
        rows.delete(key)
      },
      values: () => rows.values(),
      size: () => rows.size
    }
  }

  cell<Value>(initial: Value): MemoryCell<Value> {
    let value = initial
    return {
      get: () => value,
      set: (next) => {
        const before = value
        this.#record(() => {
          value = before
        })
        value = next
      }
    }
  }

  #record(undo: () => void): void {
    if (this.#depth === 0) throw new Error("A store changed memory outside a statement")
    this.#steps.push(undo)
  }
}
