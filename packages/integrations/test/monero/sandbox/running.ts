/** Runs sandboxes and asks them by hand. */
import { MoneroSandbox, type RunningSandbox, type SandboxOptions } from "@purser/integrations/monero/sandbox"
import * as Effect from "effect/Effect"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** On loopback, in memory, mining nothing by itself. */
export const quiet: SandboxOptions = { host: "127.0.0.1", port: 0, dataFile: null, blockIntervalMillis: null }

/** Runs a sandbox for as long as the effect takes. */
export const withSandbox = <A, E, R>(
  use: (sandbox: RunningSandbox) => Effect.Effect<A, E, R>,
  change: Partial<SandboxOptions> = {}
) => MoneroSandbox.use(use).pipe(Effect.provide(MoneroSandbox.layer({ ...quiet, ...change }), { local: true }))

/** What came back. */
export interface Answered {
  readonly status: number
  readonly text: string
}

/** Asks anything. */
export const ask = (url: string, question: RequestInit = {}): Effect.Effect<Answered> =>
  Effect.promise(async () => {
    const response = await fetch(url, question)
    return { status: response.status, text: await response.text() }
  })

/** Posts a text as JSON. */
export const post = (url: string, body: string, type = "application/json"): Effect.Effect<Answered> =>
  ask(url, { method: "POST", body, headers: { "content-type": type } })

/** A file in a folder of its own, which goes with the scope. */
export const dataFile = Effect.map(
  Effect.acquireRelease(
    Effect.promise(() => mkdtemp(join(tmpdir(), "purser-sandbox-"))),
    (folder) => Effect.promise(() => rm(folder, { recursive: true, force: true }))
  ),
  (folder) => join(folder, "kept", "chain.json")
)
