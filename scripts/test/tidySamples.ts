/** Lists, for each rule on files, texts that it refuses and texts that it takes. */
import { type fileRules } from "../tidy/index.ts"
import { sourceLinesMaximum } from "../tidy/size.ts"

const source = "packages/domain/src/ledger/Sample.ts"
const test = "packages/domain/test/Sample.test.ts"
const later = ["TO", "DO"].join("")

/** The name of a rule, the path of a file, a text that the rule refuses there once, and one that it takes. */
export const samples: ReadonlyArray<readonly [keyof typeof fileRules, path: string, refused: string, taken: string]> = [
  ["opensWithSentence", source, "import a", "/** Models accounts. */\nimport a"],
  ["opensWithSentence", source, "/** the account */", "/**\n * Models accounts.\n */"],
  ["opensWithSentence", "apps/cli/src/main.ts", "/** Account. */", "#!/usr/bin/env node\n/** Runs. */"],
  ["documentsExports", source, "export const a = 1", "/** One. */\nexport const a = 1"],
  ["documentsExports", source, "export class A {}", "export * as A from \"./A.ts\""],
  ["documentsExports", source, "export type B = typeof A.Type", "/** A. */\nexport const A = 1\nexport type A = 1"],
  ["hasNoMarkers", "docs/a.md", `${later}: more`, "done"],
  ["switchesNoTestOff", test, `it.skip("a", () => {})`, `it("a", () => {})`],
  ["switchesNoTestOff", test, `describe.only("a", () => {})`, `describe.skipIf(missing(monero))("a", () => {})`],
  ["switchesNoTestOff", test, `it.effect.fails("a", f)`, `it.effect("a", f)`],
  ["titlesArePresent", test, `it("should work", f)`, `it("works", f)`],
  ["namesAreClear", source, "export class AccountManager {}", "export class Accounts {}"],
  ["namesNoMachine", "docs/a.md", "see /home/me/file", "see /etc/file or https://x.example/home/me"],
  ["silencesNothing", source, "// @ts-expect-error", "// why"],
  ["isPure", source, "const now = Date.now()", "// not Date.now"],
  ["isPure", source, "const dice = Math.random()", "const dice = Random.next"],
  ["isPure", source, "process.env.HOME", "settings.home"],
  ["isPure", "packages/storage/src/A.ts", "process.env.HOME", ""],
  ["isPure", source, "console.log(1)", "Effect.log(1)"],
  ["testsAreRepeatable", test, "Math.random()", "seed"],
  ["moneyIsExact", source, "readonly amountMinor: number", "readonly amountMinor: bigint"],
  ["moneyIsExact", source, "amount?: number", "amountOfTickets: number"],
  ["importsAlongArrows", source, `import { a } from "node:fs"`, `import * as Effect from "effect/Effect"`],
  ["importsAlongArrows", source, `import { a } from "@purser/storage"`, `import { a } from "@noble/hashes/sha3.js"`],
  ["importsAlongArrows", source, `import { a } from "../money/Asset.ts"`, `import { a } from "../money/index.ts"`],
  ["importsAlongArrows", source, `import { a } from "../../../storage/src/a.ts"`, `import { a } from "./testing/a.ts"`],
  ["importsAlongArrows", "packages/storage/src/A.ts", `import("@purser/jobs")`, `import("@purser/domain/ledger")`],
  ["importsAlongArrows", "packages/http/src/A.ts", `export * from "@purser/jobs"`, `import { a } from "./deep/B.ts"`],
  ["importsAlongArrows", "packages/runtime/src/A.ts", `import "purser"`, `import { a } from "@purser/http"`],
  ["importsNameFiles", source, `import { a } from "./A"`, `import { a } from "./A.ts"`],
  [
    "declaresAlongArrows",
    "packages/domain/package.json",
    `{"dependencies":{"pg":"1"}}`,
    `{"peerDependencies":{"effect":"1"}}`
  ],
  ["declaresAlongArrows", "packages/jobs/package.json", `{"dependencies":{"@purser/http":"1"}}`, `{}`],
  ["filesAreShort", source, "a\n".repeat(sourceLinesMaximum + 1), "a\n// b\n\n".repeat(sourceLinesMaximum)],
  ["hasOneTitle", "docs/a.md", "# A\n# B", "# A\n```sh\n# B\n```"],
  ["pinsActions", ".github/workflows/a.yml", "- uses: a/b@v5", `- uses: a/b@${"0f".repeat(20)} # v5`]
]
