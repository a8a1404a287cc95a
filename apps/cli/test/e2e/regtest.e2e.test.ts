import { describe, it } from "@effect/vitest"
import { afterAll, beforeAll, inject } from "vitest"
import { createDatabase, type TestDatabase } from "../../../../scripts/testing/database.ts"
import { missing, monero } from "../../../../scripts/testing/requirement.ts"
import { temporaryFolder } from "./installation.ts"
import { RegtestOffice, type RegtestSite, takeSite } from "./regtestOffice.ts"
import { stories, storiesOfBooks } from "./regtestStories.ts"

const absent = missing(monero)
const folder = temporaryFolder()
/** The first to ask waits until the chain is made, or until another suite gives it back. */
const patienceMillis = 600_000
const storyMillis = 300_000

let site: RegtestSite
beforeAll(async () => {
  if (absent === undefined) site = await takeSite(inject("regtestPort"))
}, patienceMillis)
afterAll(async () => {
  if (absent === undefined) await site.lease.release()
  folder.remove()
}, patienceMillis)

describe.each([["sqlite", stories], ["postgres", storiesOfBooks]] as const)(
  "TK-1 TK-2 TK-3 TK-5 TK-6 TK-7 TK-9 TK-15 PF-2 an installation on a real monerod, on %s",
  (dialect, told) => {
    if (absent !== undefined) return it("is told", (context) => context.skip(absent))
    let database: TestDatabase | undefined
    let office: RegtestOffice

    beforeAll(async () => {
      database = dialect === "postgres" ? await createDatabase(inject("postgresUrl"), "regtest") : undefined
      office = new RegtestOffice(site, { folder: `${folder.path}/${dialect}`, databaseUrl: database?.url })
      await office.start()
    }, storyMillis)
    afterAll(async () => {
      await office.kill()
      await database?.drop()
    }, storyMillis)

    for (const [title, tell] of told) it(title, { timeout: storyMillis }, () => tell(office))
  }
)
