import { assert, describe, it } from "@effect/vitest"
import {
  type CodeRefusal,
  paths,
  renderAdminPayouts,
  renderEnrol,
  renderOverview,
  renderPayoutConfig,
  renderReviews,
  renderStepUp,
  say
} from "@purser/web"
import { textOf } from "../markup.ts"
import { adminPage } from "../samplePages.ts"
import { adminPayoutsView, overviewView, payoutConfigView, reviewsView } from "../sampleViews.ts"

const fresh = adminPage("Ana", paths.admin)
const stale = { ...fresh, signedIn: { name: "Ana", isAdmin: true, secondFactor: "stale" } } as const
const none = { ...fresh, signedIn: { name: "Ana", isAdmin: true, secondFactor: "none" } } as const

const stopped = { at: "2026-11-25T08:00:00Z", actor: "Bo" }

describe("RW-4 RW-9 the kill switch", () => {
  it("stops without a second factor", () => {
    for (const page of [fresh, stale, none]) {
      const html = renderOverview(overviewView("x"), page)
      assert.include(html, "<input type=\"hidden\" name=\"payouts\" value=\"stop\"/>")
      assert.notInclude(html, "value=\"resume\"")
    }
  })

  it("goes on with one only", () => {
    const view = { ...overviewView("x"), stopped }
    assert.include(renderOverview(view, fresh), "<input type=\"hidden\" name=\"payouts\" value=\"resume\"/>")
    assert.notInclude(renderOverview(view, stale), "value=\"resume\"")
    assert.include(renderOverview(view, stale), `href="${paths.stepUp}?next=%2Fapp%2Fadmin"`)
    assert.notInclude(renderOverview(view, none), "value=\"resume\"")
    assert.include(renderOverview(view, none), `href="${paths.enrol}"`)
  })

  it("tells who stopped payouts, and when", () => {
    const text = textOf(renderOverview({ ...overviewView("x"), stopped }, fresh))
    assert.match(text, /Payouts are stopped since\s+Nov 25, 2026, 08:00\sAM UTC\s+by\s+Bo/u)
  })
})

describe("RW-4 the state of the program", () => {
  it("runs each job by its name", () => {
    const html = renderOverview(overviewView("x"), fresh)
    for (const job of ["rewards.accrue", "rewards.settle", "rewards.verify", "rewards.prune"]) {
      assert.include(html, `<input type="hidden" name="job" value="${job}"/>`)
      assert.include(html, `aria-label="Run now: ${job}"`)
    }
  })

  it("says what it does not know", () => {
    const view = overviewView("x")
    const stats = { ...view.stats, operatorAccount: null, operatorBalance: null }
    assert.strictEqual(textOf(renderOverview({ ...view, stats }, fresh)).split("not known").length, 4)
  })
})

describe("RW-4 RW-10 queueing a payout again", () => {
  const retry = `<form method="post" action="${paths.retryPayout}"`

  it("is offered for what may be queued, and to whom confirmed the second factor", () => {
    assert.strictEqual(renderAdminPayouts(adminPayoutsView("x"), fresh).split(retry).length, 2)
    assert.notInclude(renderAdminPayouts(adminPayoutsView("x"), stale), retry)
    assert.include(renderAdminPayouts(adminPayoutsView("x"), stale), paths.stepUp)
  })
})

describe("RW-15 RW-17 a decision about a signal", () => {
  const form = `<form method="post" action="${paths.reviews}"`

  it("names its signal, and is taken after the second factor only", () => {
    const html = renderReviews(reviewsView("x"), fresh)
    assert.strictEqual(html.split(form).length, 4)
    assert.include(html, `<input type="hidden" name="dedupe_key" value="${"b".repeat(64)}"/>`)
    assert.notInclude(renderReviews(reviewsView("x"), stale), form)
  })

  it.each(["VerdictMissing", "NoteMissing", "NoteTooLong"] as const)("refused for %s keeps what was entered", (why) => {
    const refused = {
      dedupeKey: "b".repeat(64),
      why,
      verdict: why === "VerdictMissing" ? null : "confirmed",
      note: "Seen"
    } as const
    const html = renderReviews({ ...reviewsView("x"), refused }, fresh)
    assert.strictEqual(html.split(say("en", `reviews.refused.${why}`)).length, 3)
    assert.include(html, ">Seen</textarea>")
    assert.strictEqual(html.split("value=\"confirmed\" checked").length, why === "VerdictMissing" ? 1 : 2)
  })

  it("that was taken shows who, when and why", () => {
    const text = textOf(renderReviews(reviewsView("It is fine"), fresh))
    assert.match(text, /Decided:\s+cleared\s*, by\s+It is fine\s*,/u)
  })
})

describe("RW-4 RW-18 the settings of payouts", () => {
  it("keep what was entered and say what is wrong with each", () => {
    const html = renderPayoutConfig(payoutConfigView("2,1"), fresh)
    assert.include(html, "value=\"2,1\"")
    assert.include(html, "href=\"#capPerWeek\"")
    assert.include(html, "A week must allow at least what a day does.")
    assert.include(html, "<input type=\"hidden\" name=\"version\" value=\"2,1\"/>")
    assert.include(html, "Somebody changed the settings meanwhile")
  })

  it("can be sent after the second factor only", () => {
    const view = { ...payoutConfigView("2.1"), refusals: {}, isConflict: false }
    assert.include(renderPayoutConfig(view, fresh), "Put into force")
    assert.notInclude(renderPayoutConfig(view, stale), "Put into force")
    assert.notInclude(renderPayoutConfig(view, fresh), "role=\"alert\"")
  })
})

describe("RW-1 RW-4 the second factor", () => {
  const refusals: ReadonlyArray<CodeRefusal> = ["CodeMissing", "CodeWrong", "CodeUsed", "TooManyAttempts"]

  it.each(refusals)("words %s", (refusal) => {
    assert.include(renderStepUp({ next: paths.reviews, refusal }, stale), say("en", `code.refused.${refusal}`))
  })

  it("is shown as text and as a link for an app", () => {
    const otpauthUri = "otpauth://totp/Slay:ana?secret=JBSWY3DPEHPK3PXP&issuer=Slay"
    const html = renderEnrol({ otpauthUri, secret: "JBSWY3DPEHPK3PXP", refusal: null }, none)
    assert.include(html, "href=\"otpauth://totp/Slay:ana?secret=JBSWY3DPEHPK3PXP&amp;issuer=Slay\"")
    assert.include(html, "JBSW Y3DP EHPK 3PXP")
  })

  it("links nothing but an app", () => {
    for (const otpauthUri of ["javascript:alert(1)", "otpauth://hotp/x", "otpauth://totp/a b"]) {
      assert.notInclude(renderEnrol({ otpauthUri, secret: "A", refusal: null }, none), `href="${otpauthUri}`)
    }
  })

  it("leads back to where it was asked for", () => {
    assert.include(
      renderStepUp({ next: paths.reviews, refusal: null }, stale),
      `<input type="hidden" name="next" value="${paths.reviews}"/>`
    )
  })
})
