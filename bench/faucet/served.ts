/** Asks a running installation for the status of a player at a steady rate, and links a wallet again and again meanwhile. */
import { DiscordId } from "@purser/integrations/discord"
import { makeSandboxControl } from "@purser/integrations/discord/sandbox"
import * as Effect from "effect/Effect"
import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { signerFor } from "./ground.ts"

interface Row {
  readonly what: string
  readonly found: string
  readonly wanted: string
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0))
    })
  })

interface Started {
  readonly child: ChildProcess
  readonly url: string
  /** Where users of the sandbox are made. */
  readonly discordUrl: string
}

const start = async (folder: string): Promise<Started> => {
  const port = await freePort()
  const discordPort = await freePort()
  const child = spawn(
    process.execPath,
    ["--conditions=@purser/source", join(import.meta.dirname, "../../apps/cli/src/main.ts"), "serve"],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        PATH: process.env["PATH"],
        PURSER_DATA_DIR: folder,
        PURSER_HTTP: `127.0.0.1:${port}`,
        PURSER_INTERNAL_HTTP: "127.0.0.1:0",
        PURSER_SANDBOX_HTTP: "127.0.0.1:0",
        PURSER_SANDBOX_BANANO: "127.0.0.1:0",
        PURSER_SANDBOX_DISCORD: `127.0.0.1:${discordPort}`,
        PURSER_SANDBOX_YUNITE: "127.0.0.1:0",
        PURSER_SANDBOX_FORTNITE: "127.0.0.1:0",
        PURSER_TRUSTED_PROXIES: "127.0.0.1",
        PURSER_REWARDS_MODE: "sandbox",
        PURSER_LOG_LEVEL: "Warn"
      }
    }
  )
  const url = `http://127.0.0.1:${port}`
  while (true) {
    const response = await fetch(`${url}/readyz`).catch(() => undefined)
    if (response?.status === 200) return { child, url, discordUrl: `http://127.0.0.1:${discordPort}` }
    if (child.exitCode !== null) throw new Error(`purser serve ended with ${child.exitCode}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

const cookieOf = (response: Response, jar: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([
    ...jar,
    ...response.headers.getSetCookie().map((line): [string, string] => {
      const pair = line.split(";", 1)[0] ?? ""
      return [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]
    })
  ])

const printed = (jar: ReadonlyMap<string, string>): string =>
  [...jar].map(([name, value]) => `${name}=${value}`).join("; ")

/** Each person signs in as somebody else, from an address of their own: limits are counted for each. */
const signIn = async (url: string, discordId: string): Promise<string> => {
  const begun = await fetch(`${url}/auth/discord/login`, { redirect: "manual" })
  const jar = cookieOf(begun, new Map())
  const consent = `${begun.headers.get("location")}&sandbox_user=${discordId}`
  const consented = await fetch(consent, { redirect: "manual" })
  const finished = await fetch(consented.headers.get("location") ?? url, {
    redirect: "manual",
    headers: { cookie: printed(jar) }
  })
  return printed(cookieOf(finished, jar))
}

const percentile = (millis: ReadonlyArray<number>, share: number): string =>
  (millis.toSorted((left, right) => left - right)[Math.floor(millis.length * share)] ?? Number.NaN).toFixed(1)

/** Asks at a steady rate, whatever the answers take; a request that is refused fails the run. */
const steadily = async (
  rate: number,
  seconds: number,
  ask: () => Promise<Response>
): Promise<ReadonlyArray<number>> => {
  const all: Array<Promise<number>> = []
  const begun = performance.now()
  for (let at = 0; at < rate * seconds; at += 1) {
    const waitMillis = begun + at * 1000 / rate - performance.now()
    if (waitMillis > 1) await new Promise((resolve) => setTimeout(resolve, waitMillis))
    const from = performance.now()
    all.push(
      ask().then(async (response) => {
        await response.arrayBuffer()
        if (response.status !== 200) throw new Error(`answered with ${response.status}`)
        return performance.now() - from
      })
    )
  }
  return Promise.all(all)
}

/** People at once: none asks more often than a person may. */
const people = 20

interface Person {
  readonly cookie: string
  readonly "x-forwarded-for": string
}

const makePeople = async ({ discordUrl, url }: Started): Promise<ReadonlyArray<Person>> => {
  const discord = makeSandboxControl(discordUrl)
  const made: Array<Person> = []
  for (let at = 0; at < people; at += 1) {
    const id = DiscordId.make(`4297995029463${String(at).padStart(5, "0")}`)
    await Effect.runPromise(discord.addUser({ id, username: `person${at}`, globalName: null }))
    await Effect.runPromise(discord.join({ userId: id }))
    made.push({ cookie: await signIn(url, id), "x-forwarded-for": `10.0.0.${at + 1}` })
  }
  return made
}

/** Two rows: status, and linking. */
export const measureServed = async (rate: number, seconds: number): Promise<ReadonlyArray<Row>> => {
  const folder = mkdtempSync(join(tmpdir(), "purser-bench-"))
  const started = await start(folder)
  const { child, url } = started
  try {
    const all = await makePeople(started)
    let turn = 0
    const next = (): Person => all[turn++ % all.length]!
    const status = () => fetch(`${url}/me/status`, { headers: { ...next() } })
    const link = () =>
      fetch(`${url}/link/wallet`, {
        method: "POST",
        headers: { ...all[0]!, origin: url, "content-type": "application/json" },
        body: JSON.stringify({ banano_address: signerFor("bench").address })
      })
    await steadily(20, 2, status)
    const asked = await steadily(rate, seconds, status)
    const linked = await steadily(5, seconds, link)
    return [
      { what: `status, p95 at ${rate}/s, SQLite`, found: `${percentile(asked, 0.95)} ms`, wanted: "< 300 ms" },
      { what: "link a wallet, p95, SQLite", found: `${percentile(linked, 0.95)} ms`, wanted: "< 300 ms" }
    ]
  } finally {
    child.kill("SIGTERM")
    rmSync(folder, { recursive: true, force: true })
  }
}
