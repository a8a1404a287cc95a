/** Keeps cookies as a browser does, and takes a user through the consent of the sandbox. */
import type { LoginCallback, SetCookies } from "@purser/domain/identity"

/** What a browser does at Discord: which user consents, or nobody. */
export interface AtDiscord {
  readonly user?: string
  readonly denies?: boolean
}

/** A browser with a jar of its own. */
export class Browser {
  readonly #jar = new Map<string, string>()

  /** Takes what a server sets; `Max-Age=0` takes away. */
  keep(setCookies: SetCookies): void {
    for (const line of setCookies) {
      const [pair = "", ...attributes] = line.split("; ")
      const at = pair.indexOf("=")
      const name = pair.slice(0, at)
      if (attributes.includes("Max-Age=0")) this.#jar.delete(name)
      else this.#jar.set(name, pair.slice(at + 1))
    }
  }
  /** The header `Cookie`; undefined with an empty jar. */
  get header(): string | undefined {
    const pairs = [...this.#jar].map(([name, value]) => `${name}=${value}`)
    return pairs.length === 0 ? undefined : pairs.join("; ")
  }
  /** The value of the cookie whose name ends so. */
  valueOf(ending: string): string | undefined {
    return [...this.#jar].find(([name]) => name.endsWith(ending))?.[1]
  }
  /** Puts a value in the place of a cookie's, as who steals, plants or tampers does. */
  plant(ending: string, value: string): void {
    const name = [...this.#jar.keys()].find((name) => name.endsWith(ending)) ?? `purser.${ending}`
    this.#jar.set(name, value)
  }
  /** A second browser with the same cookies. */
  copy(): Browser {
    const other = new Browser()
    for (const [name, value] of this.#jar) other.#jar.set(name, value)
    return other
  }
}

/** Follows the way to Discord and back; what comes back goes into `finishLogin`. */
export const goToDiscord = async (
  location: string,
  { denies, user }: AtDiscord
): Promise<Omit<LoginCallback, "cookieHeader">> => {
  const page = new URL(location)
  if (user !== undefined) page.searchParams.set("sandbox_user", user)
  if (denies === true) page.searchParams.set("sandbox_deny", "1")
  const response = await fetch(page, { redirect: "manual" })
  const back = new URL(response.headers.get("location") ?? `http://nowhere.invalid/?status=${response.status}`)
  const read = (name: string): string | undefined => back.searchParams.get(name) ?? undefined
  return { code: read("code"), state: read("state"), error: read("error") }
}
