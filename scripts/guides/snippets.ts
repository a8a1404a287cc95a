/** Reads the programs out of a document, and what the document says they print. */

/** A program: the blocks of one title, one after the other. `line` is where the first begins. */
export interface Program {
  readonly name: string
  readonly text: string
  readonly line: number
}

/** What is shown as the output of a program. */
export interface Shown {
  readonly name: string
  readonly text: string
  readonly line: number
}

/** What a document holds; `mistakes` name blocks that nothing could run. */
export interface Snippets {
  readonly programs: ReadonlyArray<Program>
  readonly shown: ReadonlyArray<Shown>
  readonly commands: ReadonlyArray<Shown>
  readonly mistakes: ReadonlyArray<string>
}

interface Block {
  readonly language: string
  readonly title: string | undefined
  readonly text: string
  readonly line: number
}

const opening = /^```(\w+)(?: title="([\w./-]+)")?\s*$/

const blocksOf = (document: string): ReadonlyArray<Block> => {
  const blocks: Array<Block> = []
  const lines = document.split("\n")
  for (let at = 0; at < lines.length; at++) {
    const match = opening.exec(lines[at]!)
    if (match === null) continue
    const end = lines.indexOf("```", at + 1)
    blocks.push({
      language: match[1]!,
      title: match[2],
      text: lines.slice(at + 1, end).map((line) => `${line}\n`).join(""),
      line: at + 1
    })
    at = end
  }
  return blocks
}

const programsOf = (blocks: ReadonlyArray<Block>): ReadonlyArray<Program> =>
  [...Map.groupBy(
    blocks.filter(({ language, title }) => language === "ts" && title !== undefined),
    ({ title }) => title
  )]
    .map(([title, parts]) => ({ name: title!, text: parts.map(({ text }) => text).join("\n"), line: parts[0]!.line }))

const titled = (blocks: ReadonlyArray<Block>, language: string): ReadonlyArray<Shown> =>
  blocks.filter((block) => block.language === language && block.title !== undefined)
    .map(({ line, text, title }) => ({ name: title!, text, line }))

const mistakesOf = (blocks: ReadonlyArray<Block>, programs: ReadonlyArray<Program>): ReadonlyArray<string> =>
  blocks.flatMap(({ language, line, title }) => {
    if (language === "ts" && title === undefined) return [`line ${line}: a program without a title`]
    return language === "text" && title !== undefined && !programs.some(({ name }) => name === title)
      ? [`line ${line}: the output of no program`]
      : []
  })

/**
 * Programs are blocks of `ts` with a title, which is the name of their file; further blocks of the title go on in it. A
 * block of `text` with that title is all that it prints. Blocks of `sh` are commands.
 */
export const snippetsOf = (document: string): Snippets => {
  const blocks = blocksOf(document)
  const programs = programsOf(blocks)
  return {
    programs,
    shown: titled(blocks, "text"),
    commands: blocks.filter(({ language }) => language === "sh").map(({ line, text }) => ({ name: "", line, text })),
    mistakes: mistakesOf(blocks, programs)
  }
}
