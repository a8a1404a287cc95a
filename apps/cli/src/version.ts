/** Tells the version of the program. */
import manifest from "../package.json" with { type: "json" }

/** As published. */
export const { version } = manifest
