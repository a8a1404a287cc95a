import { assert, describe, it } from "@effect/vitest"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { inject } from "vitest"
import { checkTypes, makeProject, type Project, runPrograms, runTests } from "../guides/project.ts"
import { type Program, type Shown, type Snippets, snippetsOf } from "../guides/snippets.ts"
import { freshPostgres } from "../testing/database.ts"

const root = join(import.meta.dirname, "../..")

const guides = readdirSync(join(root, "docs/guides")).filter((name) => name.endsWith(".md"))
  .map((name) => `docs/guides/${name}`)

const documents = ["README.md", "packages/domain/README.md", "packages/storage/README.md", ...guides]
  .map((path) => [path, snippetsOf(readFileSync(join(root, path), "utf8"))] as const)
  .filter(([, { programs }]) => programs.length > 0)

const isTest = ({ name }: Program): boolean => name.endsWith(".test.ts")
const asksForServer = ({ text }: Program): boolean => text.includes("DATABASE_URL")
const needsServer = ({ name }: Program): boolean => name.includes("postgres")

/** Programs in the order of their names in the document, each with what it is said to print. */
const said = ({ shown }: Snippets, programs: ReadonlyArray<Program>) =>
  new Map(
    programs.map(({ name }) => [name, shown.filter((output) => output.name === name).map(({ text }) => text).join("")])
  )

const within = async <A>(
  { programs }: Pick<Snippets, "programs">,
  use: (project: Project) => Promise<A>
): Promise<A> => {
  const project = await makeProject(programs)
  try {
    return await use(project)
  } finally {
    await project.remove()
  }
}

const run = (
  snippets: Pick<Snippets, "programs">,
  programs: ReadonlyArray<Program>,
  env: Readonly<Record<string, string>> = {}
) => within(snippets, (project) => runPrograms(project, programs.map(({ name }) => name), env))

/** Each on a database of its own. */
const runOnServer = async (snippets: Snippets, programs: ReadonlyArray<Program>) => {
  const printed = new Map<string, string>()
  for (const program of programs) {
    const { drop, url } = await freshPostgres(inject("postgresUrl"))
    try {
      for (const [name, text] of await run(snippets, [program], { DATABASE_URL: url })) printed.set(name, text)
    } finally {
      await drop()
    }
  }
  return printed
}

/** Programs of an example are files. */
const filesOf = (folder: string): ReadonlyArray<Program> =>
  ["src", "test"].flatMap((part) => readdirSync(join(root, folder, part)).map((file) => `${part}/${file}`)).map((
    name
  ) => ({ name, text: readFileSync(join(root, folder, name), "utf8"), line: 1 }))

const example = { programs: filesOf("examples/ledger") }

describe("PF-10 LG-13 the example of examples/ledger", () => {
  const { shown } = snippetsOf(readFileSync(join(root, "examples/ledger/README.md"), "utf8"))
  const main = shown[0]!.name
  const twice = (env: Readonly<Record<string, string>>) =>
    within(example, async (project) => [
      (await runPrograms(project, [main], env)).get(main),
      (await runPrograms(project, [main], env)).get(main)
    ])

  it("passes its tests", async () => {
    assert.strictEqual(await within(example, (project) => runTests(project, [])), "")
  }, 120_000)

  it("prints what its page shows, and the same when it runs again", async () => {
    const [{ text }] = shown as [Shown]
    assert.deepStrictEqual(await twice({}), [text, text])
    const { drop, url } = await freshPostgres(inject("postgresUrl"))
    try {
      assert.deepStrictEqual(await twice({ DATABASE_URL: url }), [text, text])
    } finally {
      await drop()
    }
  }, 120_000)
})

describe("PF-14 all snippets and the example", () => {
  it("fit their types", async () => {
    const programs = documents.flatMap(([path, snippets]) =>
      snippets.programs.map((program) => ({ ...program, name: join(path, "..", program.name) }))
    )
    const all = [...programs, ...example.programs]
    assert.strictEqual(await within({ programs: all }, checkTypes), "")
  }, 120_000)
})

describe.each(documents)("PF-14 the snippets of %s", (_, snippets) => {
  const programs = snippets.programs.filter((program) => !isTest(program))
  const local = programs.filter((program) => !needsServer(program))
  const remote = programs.filter(asksForServer)
  const tests = snippets.programs.filter(isTest)

  it("can all be run", () => {
    assert.deepStrictEqual(snippets.mistakes, [])
  })

  it("print what is shown", async () => {
    assert.deepStrictEqual(await run(snippets, local), said(snippets, local))
  }, 120_000)

  it("print the same on PostgreSQL, those that may run there", async () => {
    if (remote.length === 0) return
    assert.deepStrictEqual(await runOnServer(snippets, remote), said(snippets, remote))
  }, 120_000)

  it("pass, those that are tests", async () => {
    if (tests.length === 0) return
    assert.strictEqual(await within(snippets, (project) => runTests(project, tests.map(({ name }) => name))), "")
  }, 120_000)
})

const fence = "```"
const read = (...lines: ReadonlyArray<string>) => snippetsOf(lines.join("\n"))
const alone = (text: string) => ({ programs: [{ name: "a.ts", text, line: 1 }] })

describe("PF-14 reading of snippets", () => {
  it("joins the blocks of a title, and takes the output for it", () => {
    const given = read(`${fence}ts title="a.ts"`, "1", fence, "words", `${fence}ts title="a.ts"`, "2", fence)
    assert.deepStrictEqual(given.programs, [{ name: "a.ts", text: "1\n\n2\n", line: 1 }])
    const shown = read(`${fence}ts title="a.ts"`, fence, `${fence}text title="a.ts"`, "out", fence)
    assert.deepStrictEqual(shown.shown, [{ name: "a.ts", text: "out\n", line: 3 }])
    assert.deepStrictEqual(shown.mistakes, [])
  })

  it("names a block that nothing could run", () => {
    assert.deepStrictEqual(read(`${fence}ts`, "1", fence).mistakes, ["line 1: a program without a title"])
    assert.deepStrictEqual(read("", `${fence}text title="b.ts"`, fence).mistakes, ["line 2: the output of no program"])
  })
})

describe("PF-14 running of snippets", () => {
  it("finds what does not fit its types", async () => {
    assert.include(await within(alone("export const a: number = \"1\"\n"), checkTypes), "a.ts(1,14): error TS2322")
  })

  it("tells what a program printed, and why one failed", async () => {
    const prints = alone("console.log(1n, process.cwd().length > 0)\n")
    assert.deepStrictEqual(await run(prints, prints.programs), new Map([["a.ts", "1n true\n"]]))
    const fails = alone("throw new Error(\"no such luck\")\n")
    const message = await run(fails, fails.programs).then(() => "", String)
    assert.include(message, "no such luck")
  })
})
