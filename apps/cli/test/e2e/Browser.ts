/** Stands in for a browser that keeps cookies and follows what it is told: requests as a person's clicks make them. */

/** What a page or route was answered with. */
export interface Seen {
  readonly status: number
  readonly location: string | undefined
  readonly text: string
  readonly headers: Headers
  /** The JSON, empty where there is none. */
  readonly body: Readonly<Record<string, unknown>>
}

const parsed = (text: string): Seen["body"] => {
  try {
    return JSON.parse(text) as Seen["body"]
  } catch {
    return {}
  }
}

/** A browser of one person. */
export class Browser {
  readonly #cookies = new Map<string, string>()
  readonly #origin: string

  /** `origin` is scheme, host and port of the pages that this person is on. */
  constructor(origin: string) {
    this.#origin = origin
  }

  #keep(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split(";").map((part) => part.trim())
      const at = pair.indexOf("=")
      const isOver = attributes.some((attribute) => /^max-age=0$/iu.test(attribute))
      if (isOver) this.#cookies.delete(pair.slice(0, at))
      else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
  }

  async #ask(url: string, init: RequestInit): Promise<Seen> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ")
    const headers = { ...init.headers as Record<string, string>, ...cookie === "" ? {} : { cookie } }
    const response = await fetch(new URL(url, this.#origin), { ...init, headers, redirect: "manual" })
    this.#keep(response.headers)
    const text = await response.text()
    return {
      status: response.status,
      location: response.headers.get("location") ?? undefined,
      text,
      headers: response.headers,
      body: parsed(text)
    }
  }

  /** Asks for a page or route. */
  get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Seen> {
    return this.#ask(url, { headers })
  }

  /** Posts JSON as a script of our own pages would. */
  post(url: string, body: unknown = {}): Promise<Seen> {
    const headers = { "content-type": "application/json", origin: this.#origin }
    return this.#ask(url, { method: "POST", headers, body: JSON.stringify(body) })
  }

  /** Sends a form of a page, its hidden fields as the page has them. */
  async submit(page: string, action: string, fields: Readonly<Record<string, string>>): Promise<Seen> {
    const { text } = await this.get(page, { accept: "text/html" })
    const form = [...text.matchAll(/<form[^>]*action="([^"]+)"[^>]*>([\s\S]*?)<\/form>/gu)]
      .find(([, path]) => path === action)?.[2] ?? ""
    const hidden = [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/gu)].map(([tag]) => [
      /name="([^"]*)"/u.exec(tag)?.[1] ?? "",
      /value="([^"]*)"/u.exec(tag)?.[1] ?? ""
    ])
    const headers = { "content-type": "application/x-www-form-urlencoded", origin: this.#origin }
    const body = new URLSearchParams({ ...Object.fromEntries(hidden) as Record<string, string>, ...fields }).toString()
    return this.#ask(action, { method: "POST", headers, body })
  }

  /** Signs in at the sandbox of Discord as one of its users; answers with where that ends. */
  async signIn(discordId: string): Promise<Seen> {
    const begun = await this.get("/auth/discord/login")
    const consented = await fetch(`${begun.location}&sandbox_user=${discordId}`, { redirect: "manual" })
    return this.get(consented.headers.get("location") ?? "/nowhere")
  }
}
