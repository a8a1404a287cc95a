/** Starts the command line, and keeps its compiled code for the next start. */
import { enableCompileCache } from "node:module"

enableCompileCache()
await import("./run.ts")
