import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { inject } from "vitest"
import { checkTypes, makeProject, type Project, runCommands, runPrograms, runTests } from "../guides/project.ts"
import { type Program, type Snippets, snippetsOf } from "../guides/snippets.ts"
import { freshPostgres } from "../testing/database.ts"

const root = join(import.meta.dirname, "../..")
const read = (path: string): string => readFileSync(join(root, path), "utf8")

/** A folder with programs, and those of them to run: more than once where they must print the same again. */
interface Place {
  readonly path: string
  readonly folder: string
  readonly snippets: Snippets
  readonly toRun: ReadonlyArray<Program>
  readonly times: number
}

const isTest = ({ name }: Program): boolean => name.endsWith(".test.ts")

const document = (path: string): Place => {
  const snippets = snippetsOf(read(path))
  const toRun = snippets.programs.filter((program) => !isTest(program))
  return { path, folder: dirname(path), snippets, toRun, times: 1 }
}

/** Programs of an example are files; its page shows what they print. */
const example = (folder: string): Place => {
  const { commands, shown } = snippetsOf(read(join(folder, "README.md")))
  const programs = ["src", "test"]
    .flatMap((part) => readdirSync(join(root, folder, part)).map((file) => `${part}/${file}`))
    .map((name) => ({ name, text: read(join(folder, name)), line: 1 }))
  const toRun = programs.filter(({ name }) => shown.some((output) => output.name === name))
  return { path: folder, folder, snippets: { programs, shown, commands, mistakes: [] }, toRun, times: 2 }
}

const guides = readdirSync(join(root, "docs/guides")).map((name) => `docs/guides/${name}`)
const documents = ["README.md", "packages/domain/README.md", "packages/storage/README.md", ...guides].map(document)
const places = [...documents.filter(({ toRun }) => toRun.length > 0), example("examples/ledger")]

interface Manifest {
  readonly name: string
  readonly version: string
  readonly devDependencies: Readonly<Record<string, string>>
}
const manifests = ["domain", "storage"].map((name) => JSON.parse(read(`packages/${name}/package.json`)) as Manifest)

/** What is installed for a ledger, by the names of packages. */
const versions: Readonly<Record<string, string>> = {
  ...manifests[0]!.devDependencies,
  ...Object.fromEntries(manifests.map(({ name, version }) => [name, version]))
}

/** What runs where: on PostgreSQL all that reads its address, on SQLite and in memory all that can do without. */
const databases = {
  sqlite: ({ name }: Program): boolean => !name.includes("postgres"),
  postgres: ({ text }: Program): boolean => text.includes("DATABASE_URL")
}
type DatabaseName = keyof typeof databases

/** A program that is to run; one that runs again finds what it left. */
interface Planned {
  readonly place: Place
  readonly program: Program
  readonly on: DatabaseName
}

const plannedOn = (on: DatabaseName): ReadonlyArray<Planned> =>
  places.flatMap((place) => place.toRun.filter(databases[on]).map((program) => ({ place, program, on })))

const allPlanned = [...plannedOn("sqlite"), ...plannedOn("postgres")]

const runAll = async (project: Project): Promise<ReadonlyMap<Planned, ReadonlyArray<string>>> => {
  const dropping: Array<() => Promise<void>> = []
  const runs = []
  for (const { on, place, program } of allPlanned) {
    const database = on === "sqlite" ? undefined : await freshPostgres(inject("postgresUrl"))
    if (database !== undefined) dropping.push(database.drop)
    const folder = join(project.folder, place.folder)
    for (let time = 0; time < place.times; time += 1) {
      runs.push({ file: join(folder, program.name), folder, url: database?.url })
    }
  }
  try {
    const printed = [...await runPrograms(project, runs)]
    return new Map(allPlanned.map((planned) => [planned, printed.splice(0, planned.place.times)]))
  } finally {
    for (const drop of dropping) await drop()
  }
}

const within = async <A>(programs: ReadonlyArray<Program>, use: (project: Project) => Promise<A>): Promise<A> => {
  const project = await makeProject(programs)
  try {
    return await use(project)
  } finally {
    await project.remove()
  }
}

const patienceMillis = 180_000

describe("PF-14 PF-10 LG-13 programs that are shown", () => {
  let project: Project
  let printed: ReadonlyMap<Planned, ReadonlyArray<string>>

  beforeAll(async () => {
    project = await makeProject(
      places.flatMap(({ folder, snippets: { programs } }) =>
        programs.map((program) => ({ ...program, name: join(folder, program.name) }))
      )
    )
    printed = await runAll(project)
  }, patienceMillis)
  afterAll(() => project.remove())

  it("fit their types", async () => {
    assert.strictEqual(await checkTypes(project), "")
  }, patienceMillis)

  it("pass, those that are tests", async () => {
    assert.strictEqual(await runTests(project), "")
  }, patienceMillis)

  it.each(guides.map((path) => [path, document(path)] as const))("go with commands that work: %s", async (_, place) => {
    const folder = join(project.folder, place.folder)
    for (const { text } of place.snippets.commands) assert.strictEqual(await runCommands(folder, text), "")
  }, patienceMillis)

  it.each(documents.map(({ path, snippets: { commands } }) => [path, commands] as const))(
    "are installed in versions that are there: %s",
    (_, commands) => {
      const named = commands.flatMap(({ text }) => [...text.matchAll(/ ((?:@purser\/)?[a-z]+)@([\w.]+)/gu)])
      for (const [, name, version] of named) assert.strictEqual(versions[name!], version, name)
    }
  )

  describe.each(places.map((place) => [place.path, place] as const))("in %s", (_, place) => {
    it("can all be run", () => {
      assert.deepStrictEqual(place.snippets.mistakes, [])
    })

    const own = allPlanned.filter((planned) => planned.place === place)
    it.each(own.map((planned) => [planned.program.name, planned.on, planned] as const))(
      "print what is shown: %s on %s",
      (name, _on, planned) => {
        const shown = place.snippets.shown.filter((output) => output.name === name).map(({ text }) => text).join("")
        assert.deepStrictEqual(printed.get(planned), Array.from({ length: place.times }, () => shown))
      }
    )
  })
})

const fence = "```"
const snippetsIn = (...lines: ReadonlyArray<string>) => snippetsOf(lines.join("\n"))
const alone = (text: string): ReadonlyArray<Program> => [{ name: "a.ts", text, line: 1 }]

describe("PF-14 reading of snippets", () => {
  it("joins the blocks of a title, and takes the output for it", () => {
    const given = snippetsIn(`${fence}ts title="a.ts"`, "1", fence, "words", `${fence}ts title="a.ts"`, "2", fence)
    assert.deepStrictEqual(given.programs, [{ name: "a.ts", text: "1\n\n2\n", line: 1 }])
    const { mistakes, shown } = snippetsIn(`${fence}ts title="a.ts"`, fence, `${fence}text title="a.ts"`, "out", fence)
    assert.deepStrictEqual(shown, [{ name: "a.ts", text: "out\n", line: 3 }])
    assert.deepStrictEqual(mistakes, [])
  })

  it("names a block that nothing could run", () => {
    assert.deepStrictEqual(snippetsIn(`${fence}ts`, "1", fence).mistakes, ["line 1: a program without a title"])
    const { mistakes } = snippetsIn("", `${fence}text title="b.ts"`, fence)
    assert.deepStrictEqual(mistakes, ["line 2: the output of no program"])
  })
})

describe("PF-14 running of snippets", () => {
  it("finds what does not fit its types", async () => {
    const wrong = await within(alone("export const a: number = \"1\"\n"), checkTypes)
    assert.include(wrong, "a.ts(1,14): error TS2322")
  }, patienceMillis)

  it("tells what a program printed, each time it ran, and why it failed", async () => {
    const text =
      "console.log(1n, process.env.DATABASE_URL)\nif (process.env.DATABASE_URL) throw new Error(\"no luck\")\n"
    const [first, second] = await within(alone(text), (project) => {
      const run = { file: join(project.folder, "a.ts"), folder: project.folder }
      return runPrograms(project, [{ ...run, url: undefined }, { ...run, url: "there" }])
    })
    assert.strictEqual(first, "1n undefined\n")
    assert.match(second!, /^1n there\nError: no luck\n/u)
  }, patienceMillis)

  it("tells what commands say that fail, and nothing of others", async () => {
    const [fine, failed, unknown] = await within(alone(""), ({ folder }) =>
      Promise.all([
        runCommands(folder, "npm install nothing\nnpx purser --version\n"),
        runCommands(folder, "echo first\nfalse\necho second\n"),
        runCommands(folder, "npx other\n")
      ]))
    assert.strictEqual(fine, "")
    assert.strictEqual(failed, "first\n")
    assert.include(unknown, "Command failed")
  }, patienceMillis)
})
