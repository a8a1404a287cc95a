/** Models what the files of settings came to. */
import type { FileTexts, Refusal } from "../Variable.ts"

/** Texts by the names of variables, and everything that is wrong. */
export interface ConfigFiles {
  readonly texts: FileTexts
  readonly refusals: ReadonlyArray<Refusal>
  /** The files that were read. */
  readonly paths: ReadonlyArray<string>
}

/** No file at all. */
export const noConfigFiles: ConfigFiles = { texts: new Map(), refusals: [], paths: [] }
