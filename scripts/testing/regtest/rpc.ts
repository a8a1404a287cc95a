/** Calls monerod and monero-wallet-rpc as an operator does by hand, without any client of ours. */

/** The program answered with an error of its own; `code` is Monero's. */
export class RpcRefused extends Error {
  override readonly name = "RpcRefused"
  readonly code: number

  constructor(method: string, code: number, reason: string) {
    super(`${method}: ${reason} (${code})`)
    this.code = code
  }
}

const send = async (url: URL, body: object): Promise<unknown> => {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", connection: "close" },
    body: JSON.stringify(body, (_key, value: unknown) => typeof value === "bigint" ? Number(value) : value),
    signal: AbortSignal.timeout(60_000)
  })
  if (!response.ok) throw new Error(`${url.pathname}: HTTP ${response.status}`)
  return response.json()
}

/** Calls a JSON-RPC method; answers its result. Amounts above 2^53 are not exact here. */
export const rpc = async <A>(url: string, method: string, params: object = {}): Promise<A> => {
  const answer = await send(new URL("/json_rpc", url), { jsonrpc: "2.0", id: "0", method, params }) as {
    readonly result?: A
    readonly error?: { readonly code: number; readonly message: string }
  }
  if (answer.error !== undefined) throw new RpcRefused(method, answer.error.code, answer.error.message)
  return answer.result as A
}

/** Asks the daemon on one of its own paths, such as `/pop_blocks`; answers whatever status it gives. */
export const ask = async <A extends object>(url: string, path: string, params: object = {}): Promise<A> =>
  await send(new URL(path, url), params) as A

const pause = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis))

/** Waits until something answers at `url`; gives up when `isAlive` says that nothing will, or after a minute. */
export const whenUp = async (url: string, isAlive: () => boolean): Promise<void> => {
  for (let round = 0; round < 600; round++) {
    try {
      await fetch(new URL("/json_rpc", url), { method: "POST", body: "{}", headers: { connection: "close" } })
      return
    } catch (error) {
      if (!isAlive()) throw new Error(`the program behind ${url} has ended`, { cause: error })
      await pause(100)
    }
  }
  throw new Error(`nothing answers at ${url} for a minute`)
}
