/** Writes the page on which a user of a sandbox consents. */
import type { DiscordUser } from "../../Discord.ts"

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\"", "&quot;")

const framed = (title: string, content: string): string =>
  `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>body{font:1rem/1.5 system-ui;max-width:32rem;margin:3rem auto;padding:0 1rem}label{display:block}</style>
<h1>${title}</h1>
${content}
</html>
`

/** What is asked for, as it is sent again with the answer. */
export interface Consenting {
  readonly query: URLSearchParams
  readonly scopes: ReadonlyArray<string>
  readonly users: Iterable<DiscordUser>
}

/** The page that asks who signs in, and whether they consent. */
export const consentPage = ({ query, scopes, users }: Consenting): string => {
  const kept = [...query].map(([name, value]) =>
    `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`
  )
  const choices = [...users].map(({ globalName, id, username }) =>
    `<label><input type="radio" name="sandbox_user" value="${id}" required> ${escaped(globalName ?? username)}</label>`
  )
  return framed(
    "Sandbox of Discord",
    `<form method="get">
${kept.join("\n")}
<fieldset><legend>Sign in as</legend>
${choices.length === 0 ? "<p>The sandbox has no users yet.</p>" : choices.join("\n")}
</fieldset>
<p>Asked for: ${escaped(scopes.join(", "))}</p>
<button>Consent</button>
<button name="sandbox_deny" value="1" formnovalidate>Deny</button>
</form>`
  )
}

/** The page that says why nobody can sign in. */
export const refusalPage = (why: string): string => framed("Sandbox of Discord", `<p>${escaped(why)}</p>`)
