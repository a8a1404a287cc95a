/** Looks for programs that some tests need beyond npm, and makes a missing one a failure where it is required. */
import { accessSync, constants } from "node:fs"
import { delimiter, join } from "node:path"

/** A program outside npm. `name` is what `TESTS_REQUIRE` calls it, `remedy` the command that brings it. */
export interface Requirement {
  readonly name: string
  readonly programs: ReadonlyArray<string>
  readonly remedy: string
}

/** Where to look: the folders of `PATH` and what `TESTS_REQUIRE` lists, comma-separated. */
export interface Surroundings {
  readonly path: string
  readonly required: string
}

const here = (): Surroundings => ({ path: process.env.PATH ?? "", required: process.env.TESTS_REQUIRE ?? "" })

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const isFound = (program: string, path: string): boolean =>
  path.split(delimiter).some((folder) => folder !== "" && isExecutable(join(folder, program)))

/**
 * Answers undefined when all programs are there, else the sentence that a skipped test is to show
 * (`context.skip(sentence)`, or as part of the title). Throws where `TESTS_REQUIRE` names the requirement.
 */
export const missing = (requirement: Requirement, surroundings: Surroundings = here()): string | undefined => {
  const absent = requirement.programs.filter((program) => !isFound(program, surroundings.path))
  if (absent.length === 0) return undefined
  const sentence = `${absent.join(" and ")} not found: ${requirement.remedy}`
  if (surroundings.required.split(",").map((name) => name.trim()).includes(requirement.name)) {
    throw new Error(`TESTS_REQUIRE asks for ${requirement.name}, but ${sentence}`)
  }
  return sentence
}

/** A real Monero node and wallet, which run on a private chain on loopback. */
export const monero: Requirement = {
  name: "monero",
  programs: ["monerod", "monero-wallet-rpc"],
  remedy: "install the Debian package monero (apt-get install monero)"
}
