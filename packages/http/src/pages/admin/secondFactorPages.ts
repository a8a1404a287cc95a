/** Lets admins set up their second factor, and give a code of it. */
import { enrolForm, enrolPage, stepUpForm, stepUpPage } from "@purser/contract/faucet/pages"
import { type IdentityError, IdentityRules, type SecondFactorRefused, type SignedIn } from "@purser/domain/identity"
import type { StorageError } from "@purser/domain/transaction"
import { type CodeRefusal, paths, renderEnrol, renderStepUp } from "@purser/web"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { refusing } from "../../handlers/faucet/refusals.ts"
import { ofIdentity } from "../../handlers/faucet/sessions.ts"
import { type AdminCall, type Implementation, implementForAdmin } from "../../server/Implementation.ts"
import { type Answered, type Refused, refused } from "../../server/Reply.ts"
import { followedBy, frameOf, html, type PageHouse, shown } from "../PageHouse.ts"

/** Who has the key only has no session that a code could count for. */
const nobody = refused("session_required")

const digits = (code: string | undefined): string | undefined => {
  const plain = code?.replaceAll(" ", "") ?? ""
  return /^\d{6}$/u.test(plain) ? plain : undefined
}

const worded = { CodeWrong: "CodeWrong", CodeUsed: "CodeUsed", TooManyAttempts: "TooManyAttempts" } as const

/** What a page can say about a code; anything else is a refusal like any other. */
const wordOf = ({ reason }: SecondFactorRefused): CodeRefusal | undefined =>
  reason in worded ? worded[reason as keyof typeof worded] : undefined

const safeNext = (next: string | undefined): string => IdentityRules.safeReturnTo(next) ?? paths.admin

const stepUpPath = `${paths.stepUp}?${new URLSearchParams({ next: paths.enrol }).toString()}`

type Follows = ReturnType<typeof followedBy>
type Answer = Effect.Effect<Answered<string> | Follows | Refused, StorageError>

/** A secret is shown once, so after a wrong code there is a new one. */
const enrol = (house: PageHouse, call: AdminCall, refusal: CodeRefusal | null): Answer => {
  const { signedIn } = call
  if (signedIn === null) return Effect.succeed(nobody)
  return refusing(
    ofIdentity(house.identity.enrolSecondFactor(signedIn)).pipe(
      Effect.flatMap(({ secret, uri }) => {
        const view = { secret: Redacted.value(secret), otpauthUri: Redacted.value(uri), refusal }
        return Effect.map(
          frameOf(house, call, { path: paths.enrol }),
          (page): Answered<string> | Follows => html(renderEnrol(view, page), refusal === null ? 200 : 400)
        )
      }),
      // Whoever has a second factor gives a code of it before another takes its place.
      Effect.catchTag(
        "SecondFactorRefused",
        (refused) =>
          refused.reason === "AlreadyEnrolled" ? Effect.succeed(followedBy(stepUpPath)) : Effect.fail(refused)
      )
    )
  )
}

const stepUpAgain = (
  house: PageHouse,
  call: AdminCall,
  view: { readonly next: string; readonly refusal: CodeRefusal }
) => Effect.map(frameOf(house, call, { path: paths.stepUp }), (page) => html(renderStepUp(view, page), 400))

/** What follows a code; who has no second factor yet sets one up. */
const judged = (work: Effect.Effect<SignedIn, SecondFactorRefused | IdentityError>, then: {
  readonly right: Follows
  readonly wrong: (word: CodeRefusal) => Answer
}): Answer =>
  refusing(Effect.catchTag(
    Effect.as(ofIdentity(work), then.right),
    "SecondFactorRefused",
    (refusal): Effect.Effect<Answered<string> | Follows | Refused, SecondFactorRefused | StorageError> => {
      const word = wordOf(refusal)
      if (word !== undefined) return then.wrong(word)
      return refusal.reason === "NotEnrolled" ? Effect.succeed(followedBy(paths.enrol)) : Effect.fail(refusal)
    }
  ))

/** `GET` and `POST /app/admin/second-factor` and `/app/admin/step-up`. */
export const secondFactorPages = (house: PageHouse): ReadonlyArray<Implementation> => [
  implementForAdmin(enrolPage, (_input, call) => enrol(house, call, null)),
  implementForAdmin(enrolForm, ({ payload }, call) => {
    const { signedIn } = call
    const code = digits(payload.code)
    if (signedIn === null) return Effect.succeed(nobody)
    if (code === undefined) return enrol(house, call, "CodeMissing")
    return judged(house.identity.confirmSecondFactor(signedIn, code), {
      right: followedBy(paths.admin, "SecondFactorOn"),
      wrong: (word) => enrol(house, call, word)
    })
  }),
  implementForAdmin(stepUpPage, ({ query: { next } }, call) =>
    shown(house, call, {
      path: paths.stepUp,
      render: (page) => renderStepUp({ next: safeNext(next), refusal: null }, page)
    })),
  implementForAdmin(stepUpForm, ({ payload }, call) => {
    const { signedIn } = call
    const code = digits(payload.code)
    const next = safeNext(payload.next)
    if (signedIn === null) return Effect.succeed(nobody)
    if (code === undefined) return stepUpAgain(house, call, { next, refusal: "CodeMissing" })
    return judged(house.identity.stepUp(signedIn, code), {
      right: followedBy(next),
      wrong: (word) => stepUpAgain(house, call, { next, refusal: word })
    })
  })
]
