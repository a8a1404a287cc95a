/** Signs people in by name, in memory, so that routes can be asked by whoever a test needs. */
import {
  Identity,
  IdentityError,
  IdentityRules,
  LoginRefused,
  type Recognised,
  SecondFactorRefused,
  SessionId,
  type SignedIn,
  UserId
} from "@purser/domain/identity"
import { playerOf } from "@purser/domain/rewards/testing"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"

/** What a test may look at and change. */
export interface Desk {
  readonly admins: Set<string>
  /** Whom Discord says to be no member of the server. */
  readonly strangers: Set<string>
  readonly sessions: Map<string, SignedIn>
  readonly enrolled: Set<string>
  readonly erased: Set<string>
  isDown: boolean
  serial: number
}

/** Nobody has signed in; `root` is an admin. */
export const makeDesk = (): Desk => ({
  admins: new Set(["root"]),
  strangers: new Set(),
  sessions: new Map(),
  enrolled: new Set(),
  erased: new Set(),
  isDown: false,
  serial: 0
})

/** The code that is right. */
export const rightCode = "123 456"
/** How a session cookie is set. */
export const attributes = "Path=/; HttpOnly; SameSite=Lax; Secure"
const maxAge = "Max-Age=604800"

const cookieIn = (header: string | undefined, name: string): string | undefined =>
  header?.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)

const tokenIn = (header: string | undefined): string => cookieIn(header, "session") ?? ""

const signedInAs = (desk: Desk, name: string): SignedIn => ({
  userId: UserId.make(name),
  sessionId: SessionId.make(`s-${name}-${desk.serial}`),
  discordId: playerOf(name).discordId!,
  discordName: `${name}#0`,
  roles: new Set(desk.admins.has(name) ? ["player", "admin"] : ["player"]),
  secondFactor: desk.enrolled.has(name) ? "enrolled" : "none",
  secondFactorAtMillis: null
})

/** Signs somebody in behind the server's back; answers with the header `Cookie`. */
export const cookieOf = (desk: Desk, name: string, more: Partial<SignedIn> = {}): string => {
  desk.serial += 1
  const token = `token-${name}-${desk.serial}`
  desk.sessions.set(token, { ...signedInAs(desk, name), ...more })
  return `session=${token}`
}

const factorRefused = (reason: SecondFactorRefused["reason"], untilMillis: number | null = null) =>
  new SecondFactorRefused({ reason, untilMillis })

const down = new IdentityError({ failure: "Unavailable", operation: "test", detail: "away" })

const make = (desk: Desk): Identity["Service"] => {
  const states = new Map<string, string | null>()
  const whileUp = <A, E>(work: Effect.Effect<A, E>): Effect.Effect<A, E | IdentityError> =>
    Effect.suspend((): Effect.Effect<A, E | IdentityError> => desk.isDown ? Effect.fail(down) : work)

  const stepped = (session: SignedIn, code: string) =>
    Effect.flatMap(Clock.currentTimeMillis, (now) => {
      if (code === "999999") return Effect.fail(factorRefused("TooManyAttempts", now + 60_000))
      if (code.replaceAll(" ", "") !== rightCode.replaceAll(" ", "")) {
        return Effect.fail(factorRefused(code === "111111" ? "CodeUsed" : "CodeWrong"))
      }
      const proven: SignedIn = { ...session, secondFactor: "enrolled", secondFactorAtMillis: now }
      for (const [token, { sessionId }] of desk.sessions) {
        if (sessionId === session.sessionId) desk.sessions.set(token, proven)
      }
      return Effect.succeed(proven)
    })

  const end = (is: (session: SignedIn) => boolean): number => {
    const ended = [...desk.sessions].filter(([, session]) => is(session))
    for (const [token] of ended) desk.sessions.delete(token)
    return ended.length
  }

  const login = (code: string, returnTo: string | null) => {
    const header = cookieOf(desk, code)
    const setCookies = [`${header}; ${attributes}; ${maxAge}`]
    const membership = desk.strangers.has(code) ? "not_member" as const : "member" as const
    return { signedIn: desk.sessions.get(tokenIn(header))!, membership, returnTo, setCookies }
  }

  return {
    beginLogin: ({ returnTo }) =>
      whileUp(Effect.sync(() => {
        desk.serial += 1
        const state = `state-${desk.serial}`
        states.set(state, IdentityRules.safeReturnTo(returnTo))
        const location = `https://discord.test/oauth2/authorize?state=${state}`
        return { location, setCookies: [`state=${state}; ${attributes}`] }
      })),
    finishLogin: ({ code, cookieHeader, error, state }) =>
      whileUp(Effect.suspend(() => {
        const held = cookieIn(cookieHeader, "state")
        if (state === undefined || held === undefined) return new LoginRefused({ reason: "StateMissing" })
        if (state !== held) return new LoginRefused({ reason: "StateMismatch" })
        const returnTo = states.get(state)
        if (returnTo === undefined) return new LoginRefused({ reason: "StateUsed" })
        states.delete(state)
        if (error !== undefined) return new LoginRefused({ reason: "Denied" })
        if (code === undefined || code === "bad") return new LoginRefused({ reason: "CodeRefused" })
        if (code === "away") return new LoginRefused({ reason: "ProviderUnavailable" })
        return Effect.succeed(login(code, returnTo))
      })),
    session: (cookieHeader) =>
      whileUp(Effect.sync((): Option.Option<Recognised> => {
        const found = desk.sessions.get(tokenIn(cookieHeader))
        const setCookies = cookieHeader?.includes("old=1") === true ? [`session=new; ${attributes}`] : []
        return found === undefined ? Option.none() : Option.some({ signedIn: found, setCookies })
      })),
    logout: (cookieHeader) =>
      whileUp(Effect.sync(() => {
        desk.sessions.delete(tokenIn(cookieHeader))
        return [`session=; ${attributes}; Max-Age=0`]
      })),
    sessionsOf: (userId) =>
      whileUp(Effect.sync(() =>
        [...desk.sessions.values()].filter((session) => session.userId === userId)
          .map(({ sessionId }) => ({ sessionId, createdAtMillis: 0, expiresAtMillis: 604_800_000 }))
      )),
    revokeSession: (userId, sessionId) =>
      whileUp(Effect.sync(() => end((session) => session.userId === userId && session.sessionId === sessionId) > 0)),
    revokeAllSessions: (userId) => whileUp(Effect.sync(() => end((session) => session.userId === userId))),
    enrolSecondFactor: (session) =>
      whileUp(Effect.suspend(() =>
        session.secondFactor === "enrolled" && session.secondFactorAtMillis === null
          ? Effect.fail(factorRefused("AlreadyEnrolled"))
          : Effect.succeed({
            secret: Redacted.make("JBSWY3DP"),
            uri: Redacted.make("otpauth://totp/x?secret=JBSWY3DP")
          })
      )),
    confirmSecondFactor: (session, code) => whileUp(stepped(session, code)),
    stepUp: (session, code) =>
      whileUp(
        Effect.suspend(() =>
          session.secondFactor === "none" ? Effect.fail(factorRefused("NotEnrolled")) : stepped(session, code)
        )
      ),
    grantAdmin: (userId, isAdmin) =>
      whileUp(Effect.sync(() => {
        if (isAdmin) desk.admins.add(userId)
        else desk.admins.delete(userId)
        return true
      })),
    erase: (userId) =>
      whileUp(Effect.sync(() => {
        desk.erased.add(userId)
        return end((session) => session.userId === userId) > 0
      }))
  }
}

/** Identity by that desk. */
export const layerDesk = (desk: Desk): Layer.Layer<Identity> => Layer.sync(Identity, () => make(desk))
