/** Runs a whole installation on free ports: API, worker and, unless a wallet is set, the sandbox. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Environment, type Running, start, until } from "./program.ts"

/** A folder of its own for one test file; `remove` takes it away. */
export const temporaryFolder = (): { readonly path: string; readonly remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), "purser-e2e-"))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** Free ports, quick blocks and looks. */
export const quick = (folder: string): Environment => ({
  PURSER_DATA_DIR: join(folder, "data"),
  PURSER_HTTP: "127.0.0.1:0",
  PURSER_INTERNAL_HTTP: "127.0.0.1:0",
  PURSER_SANDBOX_HTTP: "127.0.0.1:0",
  PURSER_SANDBOX_BLOCK_INTERVAL: "50 millis",
  PURSER_MONERO_POLL_INTERVAL: "50 millis",
  PURSER_INTERNAL_KEY: "the-internal-key-of-the-tests",
  PURSER_REWARDS_MODE: "off"
})

/** The bearer key in `quick`. */
export const internalKey = "the-internal-key-of-the-tests"

/** A running `purser serve`. The sandbox's address is undefined with a wallet. */
export interface Served {
  readonly running: Running
  readonly publicUrl: string
  readonly internalUrl: string
  readonly sandboxUrl: string | undefined
}

const named = (text: string, name: string): string | undefined =>
  new RegExp(`^${name} +.*?(http://\\S+|unix:\\S+)`, "mu").exec(text)?.[1]

/** Starts it and waits until its addresses are printed. */
export const serve = async (environment: Environment, folder?: string): Promise<Served> => {
  const running = start(["serve"], environment, folder)
  const printed = await until(running, () => running.stdout().includes("Ticket ") ? running.stdout() : undefined)
  return {
    running,
    publicUrl: named(printed, "Public API")!,
    internalUrl: named(printed, "Internal")!,
    sandboxUrl: named(printed, "Wallet")
  }
}

/** Waits until it is ready. */
export const ready = ({ publicUrl, running }: Served): Promise<true> =>
  until(running, async () => {
    const response = await fetch(`${publicUrl}/readyz`).catch(() => undefined)
    return response?.status === 200 ? true : undefined
  })

/** What one request was answered with; `body` is the JSON, empty where there is none. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: Readonly<Record<string, string>>
}

const parsed = (text: string): Answer["body"] => {
  try {
    return JSON.parse(text) as Answer["body"]
  } catch {
    return {}
  }
}

/** Sends a request. */
export const ask = async (url: string, options: RequestInit = {}): Promise<Answer> => {
  const response = await fetch(url, options)
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: parsed(text) }
}

/** Posts JSON. */
export const post = (url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  ask(url, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers }
  })
