/** Writes `.env.example` and the table of settings from the one module that reads them. */
import { sections, type Variable } from "@purser/runtime/settings"
import { settle } from "../generated.ts"

type AnyVariable = Pick<Variable<unknown>, "example" | "fallback" | "name" | "place" | "purpose" | "secret">

const variablesOf = (section: object): ReadonlyArray<AnyVariable> => Object.values(section) as Array<AnyVariable>

const wrapped = (text: string): string =>
  text.split(" ").reduce<ReadonlyArray<string>>((lines, word) => {
    const last = lines.at(-1) ?? ""
    return last.length + word.length < 100 && last !== ""
      ? [...lines.slice(0, -1), `${last} ${word}`]
      : [...lines, word]
  }, []).map((line) => `# ${line}`).join("\n")

/** A secret has a place only to be refused there. */
const fileOf = ({ place, secret }: AnyVariable): string | null =>
  place === null || secret ? null : `\`${place.path}\` in ${place.file}.yaml`

const inExample = (variable: AnyVariable): string => {
  const { example, fallback, name, purpose, secret } = variable
  const file = fileOf(variable)
  return [
    wrapped(purpose),
    ...file === null ? [] : [`# In a file: ${file.replaceAll("`", "")}.`],
    ...secret ? [`# A secret: ${name}_FILE can name a file that holds it instead.`] : [],
    `# ${name}=${secret || fallback === null ? `<${example}>` : fallback}`
  ].join("\n")
}

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

const row = (variable: AnyVariable, withFiles: boolean): string => {
  const { example, fallback, name, purpose, secret } = variable
  const cells = [
    `\`${name}\``,
    ...withFiles ? [fileOf(variable) ?? ""] : [],
    cell(purpose) + (secret ? ` Secret: \`${name}_FILE\` works too.` : ""),
    fallback === null || fallback === "" ? "" : `\`${cell(fallback)}\``,
    secret ? cell(example) : `\`${cell(example)}\``
  ]
  return `| ${cells.join(" | ")} |`
}

const table = (section: object): string => {
  const all = variablesOf(section)
  const withFiles = all.some((variable) => fileOf(variable) !== null)
  const heads = ["name", ...withFiles ? ["in a file"] : [], "what it is for", "unset", "example"]
  return [heads, heads.map(() => "---")].map((cells) => `| ${cells.join(" | ")} |`).concat(
    all.map((variable) => row(variable, withFiles))
  ).join("\n")
}

settle(
  "docs/reference/settings.md",
  [
    "# Settings",
    "Every environment variable that Purser reads. A value that can not be used stops the start and is named; so is a name that begins with `PURSER_` and is none of these.",
    "Settings of the rewards program may stand in `payout.yaml`, `integrations.yaml` and `product.yaml` instead, in the folder `PURSER_CONFIG_FOLDER`; the column _in a file_ says where. The environment wins over the files, and secrets stand in none of them. A key that is unknown, there twice, of the wrong type or out of bounds stops the start with its file, line and path. [config](../../config) holds a sample of each.",
    ...Object.entries(sections).flatMap(([title, section]) => [`## ${title}`, table(section)])
  ].join("\n\n") + "\n"
)
