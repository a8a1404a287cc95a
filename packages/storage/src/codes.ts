/** Pairs names with the small integers that stand for them in a database. */

/** The two directions. `nameOf` throws a `RangeError` on a number that stands for nothing. */
export interface Codes<Name extends string> {
  readonly codeOf: (name: Name) => bigint
  readonly nameOf: (code: bigint) => Name
}

/** Makes both directions from the numbers of all names. Once released a number never changes its meaning. */
export const codes = <Name extends string>(subject: string, numbers: Readonly<Record<Name, bigint>>): Codes<Name> => {
  const names = new Map(Object.entries<bigint>(numbers).map(([name, code]) => [code, name as Name]))
  return {
    codeOf: (name) => numbers[name],
    nameOf: (code) => {
      const name = names.get(code)
      if (name === undefined) throw new RangeError(`no ${subject} has the number ${code}`)
      return name
    }
  }
}
