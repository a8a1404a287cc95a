import { assert, describe, it } from "@effect/vitest"
import { afterAll } from "vitest"
import { ask, internalKey, quick, ready, serve, type Served, temporaryFolder } from "./installation.ts"
import { run, until } from "./program.ts"

const folder = temporaryFolder()
afterAll(folder.remove)

/** Eight processes one after the other. */
const patienceMillis = 180_000

const internal = ({ internalUrl }: Served, path: string) =>
  ask(`${internalUrl}${path}`, { headers: { authorization: `Bearer ${internalKey}` } })

/** What `/metrics` says of a rail. */
const imbalance = async (served: Served, rail: string): Promise<string | undefined> => {
  const { text } = await internal(served, "/metrics")
  const line = text.split("\n").find((found) =>
    found.startsWith("ledger_imbalance{") && found.includes(`rail="${rail}"`)
  )
  return line?.split(" ").at(-1)
}

const becomes = (served: Served, rail: string, value: string) =>
  until(served.running, async () => await imbalance(served, rail) === value ? true : undefined)

describe("LG-12 reconciliation of an installation", () => {
  it("shows a planted difference in metrics, log, health and on the command line, until it is gone", async () => {
    const environment = { ...quick(folder.path), PURSER_RECONCILE_INTERVAL: "100 millis" }
    const served = await serve(environment)
    const books = { ...environment, PURSER_SANDBOX_HTTP: new URL(served.sandboxUrl!).host }
    const ledger = (...words: ReadonlyArray<string>) => run(["ledger", ...words], books)
    const post = (debit: string, credit: string) =>
      ledger("post", "--debit", debit, "--credit", credit, "--amount", "0.000000000007 XMR", "--reason", "test.planted")
    try {
      await ready(served)
      await becomes(served, "monero", "0")
      const sound = await ledger("reconcile")
      assert.strictEqual(sound.code, 0, sound.stderr)
      assert.strictEqual(sound.stdout, "debits equal credits in XMR\nthe books say what monero says\n")

      assert.strictEqual((await post("monero:wallet", "monero:received")).code, 0)
      await becomes(served, "monero", "7")
      assert.strictEqual(await imbalance(served, "books"), "0")
      const logged = await until(
        served.running,
        () => /^.*the books differ from monero.*$/mu.exec(served.running.stderr())?.[0]
      )
      assert.match(logged, /error/iu)
      assert.include(logged, "account:monero:wallet: expected 0, booked 7, difference 7")
      const health = JSON.stringify((await internal(served, "/healthz")).body)
      assert.match(health, /the books differ from monero \(XMR\), last sound 20/u)
      assert.strictEqual((await internal(served, "/readyz")).status, 200)

      const now = await ledger("reconcile", "monero")
      assert.strictEqual(now.code, 1)
      assert.match(now.stdout, /^DIFFERENT: monero$/mu)
      assert.match(now.stdout, /^account:monero:wallet +0 +0\.000000000007 +0\.000000000007$/mu)
      const last = await ledger("reconcile", "--last", "--json")
      assert.strictEqual(last.code, 1)
      const report = JSON.parse(last.stdout).reports.find(({ rail }: { readonly rail: string }) => rail === "monero")
      assert.deepInclude(report.differences[0], { expected_minor: "0", actual_minor: "7", difference_minor: "7" })
      assert.isString(report.sound_at)

      assert.strictEqual((await post("monero:received", "monero:wallet")).code, 0)
      await becomes(served, "monero", "0")
      assert.include((await ledger("reconcile", "monero", "--last")).stdout, "the books say what monero says at 20")
    } finally {
      await served.running.kill("SIGTERM")
    }
  }, patienceMillis)
})
