/** Keeps the courses that once failed, or that go where few others do, so that they are run for ever. */
import type { Course } from "./simulate.ts"

/** A course, and what it is for. */
export interface Regression {
  readonly why: string
  readonly course: Course
}

const upTo = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, step) => step)

/** Played on every store by the tests. A course that fails is added here, as short as it was printed, with its remedy. */
export const regressions: ReadonlyArray<Regression> = [
  {
    why: "loses the answer of a batch on a file, where undoing what is committed would be a fault of its own",
    course: { seed: "1", steps: upTo(10) }
  },
  {
    why: "repeats the whole of an unanswered crowd while its answer is lost again",
    course: { seed: "2", steps: upTo(30) }
  },
  {
    why: "opens accounts in doubt, which the log does not tell",
    course: { seed: "1", steps: upTo(40), isRacing: true }
  },
  {
    why: "lets several processes retry the same postings at the same moment",
    course: { seed: "4", steps: upTo(30), isRacing: true }
  }
]
