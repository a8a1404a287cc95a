/** Declares variables: with a fallback or without, in the environment alone or in a file too. */
import type { Place, Variable } from "./Variable.ts"

type Given<A> = Omit<Variable<A>, "fallback" | "place" | "secret"> & { readonly secret?: true; readonly place?: Place }

/** A variable that may be left out. */
export const optional = <A>(given: Given<A>): Variable<A, null> => ({
  secret: false,
  place: null,
  ...given,
  fallback: null
})

/** A variable that is read from its fallback when it is left out. */
export const withFallback = <A>(given: Given<A> & { readonly fallback: string }): Variable<A, string> => ({
  secret: false,
  place: null,
  ...given
})

/** A place in a file: `inFile("payout", "payout.daily_cap", "number")`. */
export const inFile = (file: Place["file"], path: string, shape: Place["shape"]): Place => ({ file, path, shape })
