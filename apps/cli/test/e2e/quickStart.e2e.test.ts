import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll } from "vitest"
import { ask, quick, ready, serve, temporaryFolder } from "./installation.ts"
import { run } from "./program.ts"

const root = join(import.meta.dirname, "../../../..")
const folder = temporaryFolder()
afterAll(folder.remove)

/** The lines to type, as `purser serve` prints them and as a README shows them: without addresses of this run. */
const typed = (text: string): ReadonlyArray<string> =>
  [...text.matchAll(/^ +npx purser (.+)$/gmu)].map(([, words = ""]) =>
    words.replace(/--address \S+/u, "--address 5…").replace(/ --url \S+/u, "")
  )

/** Each test runs several processes. */
const patienceMillis = 180_000

describe("PF-1 PF-11 PF-14 LG-14 TK-1 TK-9 the quick start", { timeout: patienceMillis }, () => {
  it("sells a ticket by the three lines that it prints", async () => {
    const served = await serve(quick(folder.path), folder.path)
    try {
      const printed = served.running.stdout()
      assert.deepStrictEqual(typed(printed), typed(readFileSync(join(root, "README.md"), "utf8")))
      await ready(served)

      const outputs: Array<string> = []
      for (const [, words = ""] of printed.matchAll(/^ +npx purser (.+)$/gmu)) {
        const ended = await run(words.split(" "), {}, folder.path)
        assert.strictEqual(ended.code, 0, `${words}\n${ended.stderr}`)
        outputs.push(ended.stdout)
      }
      const token = /^token +([0-9a-f]{64})$/mu.exec(outputs.at(-1) ?? "")?.[1]
      assert.isDefined(token)
      assert.match(outputs.at(-1) ?? "", /^status +success$/mu)
      const { body, status } = await ask(`${served.publicUrl}/api/v1/token/${token}`)
      assert.strictEqual(status, 200)
      assert.deepInclude(body, { status: "active", amount: "10000000000" })

      const again = await run(["ticket", "redeem", "ticket.json", "--url", served.publicUrl], {}, folder.path)
      assert.include(again.stdout, token)
      assert.match(again.stdout, /^status +already_claimed$/mu)

      const books = { ...quick(folder.path), PURSER_SANDBOX_HTTP: new URL(served.sandboxUrl!).host }
      assert.match((await run(["ledger", "balance", "tickets:claimed"], books)).stdout, /^balance +0\.01 XMR$/mu)
      assert.match((await run(["ledger", "verify"], books)).stdout, /^sound: 3 transfers on 5 accounts$/mu)
      assert.strictEqual(
        (await run(["ledger", "reconcile", "monero"], books)).stdout,
        "the books say what monero says\n"
      )
    } finally {
      const { code } = await served.running.kill("SIGTERM")
      assert.strictEqual(code, 0)
    }
  })

  it("goes on after a restart where it was", async () => {
    const served = await serve(quick(folder.path), folder.path)
    try {
      await ready(served)
      const again = await run(["ticket", "redeem", "ticket.json", "--url", served.publicUrl, "--json"], {}, folder.path)
      assert.deepInclude(JSON.parse(again.stdout), { status: "already_claimed", balance: "10000000000" })
    } finally {
      await served.running.kill("SIGTERM")
    }
  })
})
