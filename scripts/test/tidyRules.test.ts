import { assert, describe, it } from "@effect/vitest"
import { fileRules } from "../tidy/index.ts"
import { linksLead } from "../tidy/markdown.ts"
import { folderFilesMaximum, foldersAreSmall } from "../tidy/size.ts"
import { type Finding, sourceFile } from "../tidy/SourceFile.ts"
import { rows, statusIsTrue, statusPath } from "../tidy/status.ts"
import { samples } from "./tidySamples.ts"

const at = ({ path, line, wanted }: Finding) => `${path}:${line}: wanted ${wanted}`

describe("PF-13 house rules bite", () => {
  it.each(samples)("%s in %s refuses %j", (...[name, path, refused, taken]) => {
    assert.strictEqual(fileRules[name](sourceFile(path, refused)).length, 1)
    assert.deepStrictEqual(fileRules[name](sourceFile(path, taken)), [])
  })

  it.each(["Utils", "helper", "common/A", "ConnectionManager"])("refuse the name %s", (name) => {
    assert.strictEqual(fileRules.namesAreClear(sourceFile(`packages/http/src/${name}.ts`, "")).length, 1)
  })

  it("have a sample each", () => {
    assert.deepStrictEqual(Object.keys(fileRules).filter((name) => !samples.some(([known]) => known === name)), [])
  })

  it("count the files of a folder", () => {
    const folder = Array.from({ length: folderFilesMaximum }, (_, n) => sourceFile(`packages/http/src/A${n}.ts`, ""))
    assert.deepStrictEqual(foldersAreSmall(folder), [])
    assert.strictEqual(foldersAreSmall([...folder, sourceFile("packages/http/src/B.ts", "")]).length, 1)
  })

  it("follow links", () => {
    const page = sourceFile("docs/a.md", "[one](b.md#part) [two](../c/) [three](https://x.example) [four](#here)")
    assert.deepStrictEqual(linksLead([page, sourceFile("docs/b.md", ""), sourceFile("c/d.ts", "")]), [])
    assert.deepStrictEqual(linksLead([page]).map(at), [
      "docs/a.md:1: wanted a file behind b.md#part",
      "docs/a.md:1: wanted a file behind ../c/"
    ])
  })
})

const complaintsAbout = (row: string, file = "describe(\"LG-1 accounts\")"): ReadonlyArray<string> =>
  statusIsTrue([sourceFile(statusPath, row), sourceFile("a.test.ts", file)])
    .map(({ wanted }) => wanted).filter((wanted) => !wanted.startsWith("one row for"))

const wanted = (text: string) => statusIsTrue([sourceFile(statusPath, text)]).map((finding) => finding.wanted)

describe("PF-14 status of the requirements bites", () => {
  it.each([
    ["| LG-1 | what | done | `a.test.ts` | |", []],
    ["| LG-1 | what | partly | `a.test.ts` | closing |", []],
    ["| LG-1 | what | planned | | all of it |", []],
    ["| LG-1 | what | done | | |", ["a test that proves LG-1"]],
    ["| LG-1 | what | done | `b.test.ts` | |", ["LG-1 in b.test.ts"]],
    ["| LG-1 | what | nearly | `a.test.ts` | the rest |", ["done, partly or planned"]],
    ["| LG-1 | what | partly | `a.test.ts` | |", ["what LG-1 is missing"]],
    ["| LG-1 | what | done | `a.test.ts` | the rest |", ["nothing missing, or not done (LG-1)"]],
    ["| LG-11 | what | done | `a.test.ts` | |", ["LG-11 in a.test.ts"]]
  ])("judges %s", (row, expected) => {
    assert.deepStrictEqual(complaintsAbout(row), expected)
  })

  it("does not take LG-11 for LG-1", () => {
    assert.deepStrictEqual(complaintsAbout("| LG-1 | what | done | `a.test.ts` | |", "LG-11"), ["LG-1 in a.test.ts"])
  })

  it("misses rows that are absent or doubled", () => {
    const row = "| LG-1 | what | planned | | all |"
    assert.notInclude(wanted(row), "one row for LG-1")
    assert.include(wanted(`${row}\n${row}`), "one row for LG-1")
    assert.include(wanted(row), "one row for TK-16")
    assert.strictEqual(
      rows(sourceFile(statusPath, "| id | what | state |\n| --- | --- | --- |\n| LG-1 | what | planned | | all |"))
        .length,
      1
    )
  })
})
