import { assert, describe, it } from "@effect/vitest"
import { build, type Metafile } from "esbuild"
import { join } from "node:path"

/** Everything that is loaded with a module at once; what it may load later is left out. */
const loadedWith = ({ inputs }: Metafile, entry: string): ReadonlySet<string> => {
  const found = new Set<string>()
  const visit = (path: string): void => {
    if (found.has(path)) return
    found.add(path)
    for (const { external, kind, path: next } of inputs[path]?.imports ?? []) {
      if (external !== true && kind === "import-statement") visit(next)
    }
  }
  visit(entry)
  return found
}

const isOfFaucet = (path: string): boolean =>
  /^packages\/web\/|routes\/faucet\/|handlers\/faucet\/|\/pages\//u.test(path)

describe("RW-4 what a server loads", () => {
  it("leaves the faucet where it is until somebody serves it", async () => {
    const { metafile } = await build({
      entryPoints: { http: "@purser/http" },
      bundle: true,
      splitting: true,
      outdir: "out",
      platform: "node",
      format: "esm",
      conditions: ["@purser/source"],
      absWorkingDir: join(import.meta.dirname, "../../../.."),
      external: ["effect/*", "preact*", "@noble/*"],
      write: false,
      metafile: true,
      logLevel: "silent"
    })
    assert.isAbove(Object.keys(metafile.inputs).filter(isOfFaucet).length, 60, "it is there to be loaded")
    const entry = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint?.includes("http/src/index"))
    const loaded = loadedWith(metafile, entry!.entryPoint!)
    assert.isAbove(loaded.size, 40)
    assert.deepStrictEqual([...loaded].filter(isOfFaucet), [])
  })
})
