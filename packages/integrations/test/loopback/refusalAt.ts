/** Posts to the controls of a sandbox what its own client would never send. */
import * as Effect from "effect/Effect"

/** The status and the code of the refusal. */
export const refusalAt = (url: string, path: string, body: string) =>
  Effect.promise(async () => {
    const headers = { "content-type": "application/json" }
    const response = await fetch(`${url}/sandbox${path}`, { method: "POST", headers, body })
    const { error } = await response.json() as { readonly error: { readonly code: string } }
    return { status: response.status, code: error.code }
  })
