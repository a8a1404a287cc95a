/** Models what a file of settings holds, apart from the notation. Lines count from 1. */

/** A value without parts. `isPlain` says that it stands without quotes. */
export interface Scalar {
  readonly kind: "scalar"
  readonly line: number
  readonly text: string
  readonly isPlain: boolean
}

/** Values one below the other. */
export interface Sequence {
  readonly kind: "sequence"
  readonly line: number
  readonly items: ReadonlyArray<Tree>
}

/** A key and what stands behind it. */
export interface Entry {
  readonly line: number
  readonly key: string
  readonly value: Tree
}

/** Keys with values, in the order of the file; a key can stand there twice. */
export interface Mapping {
  readonly kind: "mapping"
  readonly line: number
  readonly entries: ReadonlyArray<Entry>
}

/** Anything that can stand behind a key. */
export type Tree = Scalar | Sequence | Mapping

/** What cannot be read, and where. It never quotes the file. */
export interface Unreadable {
  readonly line: number
  readonly problem: string
}
