/** Writes `.env.example` and the table of settings from the one module that reads them. */
import { sections, type Variable } from "@purser/runtime/settings"
import { settle } from "../generated.ts"

type AnyVariable = Pick<Variable<unknown>, "example" | "fallback" | "name" | "purpose" | "secret">

const variablesOf = (section: object): ReadonlyArray<AnyVariable> => Object.values(section) as Array<AnyVariable>

const wrapped = (text: string): string =>
  text.split(" ").reduce<ReadonlyArray<string>>((lines, word) => {
    const last = lines.at(-1) ?? ""
    return last.length + word.length < 100 && last !== ""
      ? [...lines.slice(0, -1), `${last} ${word}`]
      : [...lines, word]
  }, []).map((line) => `# ${line}`).join("\n")

const inExample = ({ example, fallback, name, purpose, secret }: AnyVariable): string =>
  [
    wrapped(purpose),
    ...secret ? [`# A secret: ${name}_FILE can name a file that holds it instead.`] : [],
    `# ${name}=${secret || fallback === null ? `<${example}>` : fallback}`
  ].join("\n")

const heading =
  "# Settings of Purser. Nothing reads this file by itself: give what you set to the process, for example by systemd."

settle(
  ".env.example",
  [
    heading,
    ...Object.entries(sections).flatMap(([title, section]) => [
      `## ${title}`,
      ...variablesOf(section).map(inExample)
    ])
  ].join("\n\n") + "\n"
)

const cell = (text: string): string => text.replaceAll("|", "\\|")

const row = ({ example, fallback, name, purpose, secret }: AnyVariable): string =>
  `| \`${name}\` | ${cell(purpose)}${secret ? " Secret: `" + name + "_FILE` works too." : ""} | ${
    fallback === null || fallback === "" ? "" : `\`${cell(fallback)}\``
  } | ${secret ? cell(example) : `\`${cell(example)}\``} |`

settle(
  "docs/reference/settings.md",
  [
    "# Settings",
    "Every environment variable that Purser reads. A value that can not be used stops the start and is named; so is a name that begins with `PURSER_` and is none of these.",
    ...Object.entries(sections).flatMap(([title, section]) => [
      `## ${title}`,
      ["| name | what it is for | unset | example |", "| --- | --- | --- | --- |", ...variablesOf(section).map(row)]
        .join("\n")
    ])
  ].join("\n\n") + "\n"
)
