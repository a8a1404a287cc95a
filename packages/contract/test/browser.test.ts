import { assert, describe, it } from "@effect/vitest"
import { build } from "esbuild"

describe("browser bundle", () => {
  it("bundles the contract and a client without Node", async () => {
    const result = await build({
      stdin: {
        contents: `import * as contract from "@purser/contract"
import * as HttpApiClient from "effect/http-api/HttpApiClient"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
globalThis.all = [contract, HttpApiClient, FetchHttpClient]`,
        resolveDir: import.meta.dirname
      },
      bundle: true,
      platform: "browser",
      format: "esm",
      conditions: ["@purser/source"],
      write: false,
      metafile: true,
      logLevel: "silent"
    })
    const node = Object.values(result.metafile.inputs).flatMap((input) => input.imports)
      .filter(({ external, path }) => path.startsWith("node:") || external === true)
    assert.deepStrictEqual(node, [])
  })
})
