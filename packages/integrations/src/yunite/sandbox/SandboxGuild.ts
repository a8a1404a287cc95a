/** Keeps the members of a guild of the sandbox, their links, and the answers that are to go wrong. */
import * as Effect from "effect/Effect"

/** An Epic account that somebody linked. */
export interface SandboxLink {
  readonly epicId: string
  readonly epicName: string
  /** An instant as ISO 8601. */
  readonly verifiedAt: string
}

/**
 * What an answer becomes: a status, none at all, a broken connection, half a text, one without the first id
 * asked, or one that also calls everybody a member without a link.
 */
export type SandboxFault =
  | { readonly status: number; readonly retryAfter?: string }
  | "hang"
  | "drop"
  | "garble"
  | "omit"
  | "contradict"

/** What can be done to the guild. */
export interface SandboxGuild {
  readonly join: (id: string) => Effect.Effect<void>
  /** Leaves the guild; the link is kept, and seen again by who joins again. */
  readonly leave: (id: string) => Effect.Effect<void>
  /** Links, or links another account instead. */
  readonly link: (id: string, link: SandboxLink) => Effect.Effect<void>
  readonly unlink: (id: string) => Effect.Effect<void>
  /** The next answers, each gone wrong in its way, in place of what was planned. */
  readonly fail: (faults: ReadonlyArray<SandboxFault>) => Effect.Effect<void>
}

/** A guild without members. */
export const makeGuild = () => {
  const members = new Set<string>()
  const links = new Map<string, SandboxLink>()
  let planned: ReadonlyArray<SandboxFault> = []
  const guild: SandboxGuild = {
    join: (id) => Effect.sync(() => void members.add(id)),
    leave: (id) => Effect.sync(() => void members.delete(id)),
    link: (id, link) => Effect.sync(() => void links.set(id, link)),
    unlink: (id) => Effect.sync(() => void links.delete(id)),
    fail: (faults) =>
      Effect.sync(() => {
        planned = faults
      })
  }
  const fault = (): SandboxFault | undefined => {
    const [first, ...others] = planned
    planned = others
    return first
  }
  const linksOf = (ids: ReadonlyArray<string>, struck?: SandboxFault) => {
    const told = struck === "omit" ? ids.slice(1) : ids
    const here = told.filter((id) => members.has(id))
    return {
      users: here.flatMap((id) => {
        const link = links.get(id)
        return link === undefined ? [] : [{
          discord: { id, name: "player", avatar: null },
          epic: { epicID: link.epicId, epicName: link.epicName },
          dateVerified: link.verifiedAt
        }]
      }),
      notLinked: struck === "contradict" ? told : here.filter((id) => !links.has(id)),
      notFound: told.filter((id) => !members.has(id))
    }
  }
  return { guild, fault, linksOf }
}
