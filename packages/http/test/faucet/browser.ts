/** Asks for pages as a browser does, and fills in their forms. */
import { assert } from "@effect/vitest"
import { HttpServers } from "@purser/http"
import * as Effect from "effect/Effect"
import { type Answer, ask } from "../ask.ts"
import { internalUrl, publicUrl } from "./faucetWorld.ts"

type Door = "public" | "internal"

/** What browsers send when somebody follows a link. */
export const accept = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"

/** Follows a link. */
export const visit = (
  door: Door,
  path: string,
  headers: Readonly<Record<string, string>> = {}
): Effect.Effect<Answer, never, HttpServers> =>
  HttpServers.use((servers) => ask(servers[door], { path, headers: { accept, ...headers } }))

/** The token in the forms of a page. */
export const tokenIn = ({ text }: Answer): string => /name="csrf" value="([0-9a-f]{64})"/u.exec(text)?.[1] ?? ""

/** Sends a form from a page of ours. */
export const send = (
  door: Door,
  path: string,
  { fields, headers }: {
    readonly fields: Readonly<Record<string, string>>
    readonly headers: Readonly<Record<string, string>>
  }
): Effect.Effect<Answer, never, HttpServers> =>
  HttpServers.use((servers) =>
    ask(servers[door], {
      method: "POST",
      path,
      headers: {
        accept,
        origin: door === "public" ? publicUrl : internalUrl,
        "content-type": "application/x-www-form-urlencoded",
        ...headers
      },
      body: new URLSearchParams(fields).toString()
    })
  )

/** Whatever a form is answered with, a browser shows it as a page: the one that follows, or the form again. */
const assertShown = ({ headers, status, text }: Answer): void => {
  if (headers["content-disposition"] !== undefined) return
  const type = text === "" ? undefined : "text/html; charset=utf-8"
  assert.strictEqual(headers["content-type"], type, `${status} ${text.slice(0, 80)}`)
}

/** Opens a page, and sends a form with its token. */
export const fillIn = Effect.fnUntraced(function*(
  door: Door,
  page: string,
  { cookie, fields = {}, to = page }: {
    readonly cookie: string
    readonly to?: string
    readonly fields?: Readonly<Record<string, string>>
  }
) {
  const opened = yield* visit(door, page, { cookie })
  assert.strictEqual(opened.status, 200, `${page} ${opened.text}`)
  const answer = yield* send(door, to, { fields: { ...fields, csrf: tokenIn(opened) }, headers: { cookie } })
  assertShown(answer)
  return answer
})
