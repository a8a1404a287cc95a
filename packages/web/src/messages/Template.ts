/** Declares the shape of messages before anything is filled in. */

/** A message that depends on `{count}`; the languages spoken here tell one from the rest, no more. */
export interface Plural {
  readonly one: string
  readonly other: string
}

/** A message. */
export type Template = string | Plural

/** A catalogue in another language: the same keys, and plurals where the original has them. */
export type Translation<Original> = {
  readonly [Key in keyof Original]: Original[Key] extends string ? string : Plural
}
