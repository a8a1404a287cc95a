/** Gathers the rules that judge one file, and those that judge the tree. */
import { declaresAlongArrows, importsAlongArrows, importsNameFiles } from "./boundaries.ts"
import { documentsExports, opensWithSentence } from "./docstrings.ts"
import { hasOneTitle, linksLead } from "./markdown.ts"
import { isPure, moneyIsExact, testsAreRepeatable } from "./purity.ts"
import { filesAreShort, foldersAreSmall } from "./size.ts"
import type { Finding, Rule, SourceFile } from "./SourceFile.ts"
import {
  hasNoMarkers,
  namesAreClear,
  namesNoMachine,
  pinsActions,
  silencesNothing,
  switchesNoTestOff,
  titlesArePresent
} from "./wording.ts"

/** The rules for one file, by name. */
export const fileRules = {
  opensWithSentence,
  documentsExports,
  hasNoMarkers,
  switchesNoTestOff,
  titlesArePresent,
  namesAreClear,
  namesNoMachine,
  silencesNothing,
  isPure,
  testsAreRepeatable,
  moneyIsExact,
  importsAlongArrows,
  importsNameFiles,
  declaresAlongArrows,
  filesAreShort,
  hasOneTitle,
  pinsActions
} satisfies Record<string, Rule>

/** The rules for the tree, by name. */
export const treeRules = { foldersAreSmall, linksLead } satisfies Record<
  string,
  (files: ReadonlyArray<SourceFile>) => ReadonlyArray<Finding>
>
