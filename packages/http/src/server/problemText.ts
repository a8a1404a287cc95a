/** Writes refusals as problem details (RFC 9457). What does not change from one to the next is written once. */
import { type ProblemCode, problemCodes, problemKinds, problemMediaType, problemType } from "@purser/contract"
import type { Refused, Written } from "./Reply.ts"

const opening = (code: ProblemCode): string => {
  const { advice, status, title } = problemKinds[code]
  return JSON.stringify({ type: problemType(code), title, status, code, detail: advice }).slice(0, -1)
}

const openings = new Map<ProblemCode, string>(problemCodes.map((code) => [code, opening(code)]))

const membersText = (members: Refused["members"]): string =>
  members === undefined ? "" : `,${JSON.stringify(members).slice(1, -1)}`

/** The problem as text. A correlation id has nothing in it that JSON would have to escape. */
export const problemText = ({ code, members }: Refused, correlationId: string): string =>
  `${openings.get(code)}${membersText(members)},"correlation_id":"${correlationId}"}`

/** The problem as an answer. */
export const writtenProblem = (refused: Refused, correlationId: string): Written => ({
  _tag: "Written",
  status: problemKinds[refused.code].status,
  mediaType: problemMediaType,
  text: problemText(refused, correlationId)
})
