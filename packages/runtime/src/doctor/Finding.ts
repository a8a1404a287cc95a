/** Models what an examination of an installation finds. */

/** One check. `warning`: it runs, but somebody should look. `failed`: it will not run, or not rightly. */
export interface Finding {
  readonly check: string
  readonly state: "ok" | "warning" | "failed"
  /** One line without secrets. */
  readonly detail: string
}

/** All is well. */
export const ok = (check: string, detail: string): Finding => ({ check, state: "ok", detail })

/** It runs, but somebody should look. */
export const warning = (check: string, detail: string): Finding => ({ check, state: "warning", detail })

/** It will not run, or not rightly. */
export const failed = (check: string, detail: string): Finding => ({ check, state: "failed", detail })
