/** Shows admins the state of the program, and lets them run jobs and stop payouts. */
import { phrase, say } from "../messages/Messages.ts"
import { writeDocument } from "../page/document.ts"
import type { Page } from "../page/Page.ts"
import { paths } from "../page/paths.ts"
import { badge, box, facts, type Figure, figures, section, type Tone } from "../parts/blocks.ts"
import { type Content, type Element, h } from "../parts/element.ts"
import { behindSecondFactor, hidden, postForm, submit, textField } from "../parts/forms.ts"
import { dataTable } from "../parts/table.ts"
import { amount, code, countText, durationText, moment, name } from "../parts/text.ts"
import type { Caps } from "../player/Home.ts"

/** Sums and counts. Amounts are decimal texts in BAN. */
export interface ProgramStats {
  readonly operatorAccount: string | null
  /** Null when the node does not tell. */
  readonly operatorBalance: string | null
  readonly operatorReceivable: string | null
  readonly payoutsSent: string
  readonly payoutsPending: string
  readonly accrualsTotal: string
  readonly accrualsPending: string
  readonly usersTotal: number
  readonly verificationsOk: number
  readonly abuseFlags: number
  readonly rate: string
  readonly caps: Caps
  readonly settlementMinutes: number
  readonly mode: "off" | "dry_run" | "sandbox" | "live"
}

/** How a part is. */
export type HealthState = "ok" | "degraded" | "down"

/** A job of the scheduler. Moments are ISO 8601. */
export interface JobItem {
  /** Its stable name. */
  readonly name: string
  /** `late`: it should have run by now. `failed`: its last run did. */
  readonly state: "waiting" | "running" | "late" | "failed"
  readonly lastRunAt: string | null
  readonly nextRunAt: string | null
  /** What its last run said; null when it said nothing. */
  readonly detail: string | null
}

/** Whether payouts are stopped; null when they are not. */
export interface StoppedPayouts {
  readonly at: string
  readonly actor: string
}

/** The state of the program. */
export interface OverviewView {
  readonly stats: ProgramStats
  readonly health: {
    readonly state: HealthState
    readonly uptimeSeconds: number
    readonly checks: ReadonlyArray<
      { readonly name: string; readonly state: HealthState; readonly detail: string | null }
    >
  }
  readonly jobs: ReadonlyArray<JobItem>
  readonly stopped: StoppedPayouts | null
}

const amountOr = (page: Page, text: string | null): Content =>
  text === null ? say(page.locale, "unknown") : amount(page, text)

const money = (page: Page, stats: ProgramStats): Element => {
  const { locale } = page
  return section(
    say(locale, "overview.money"),
    figures([
      [say(locale, "overview.balance"), amountOr(page, stats.operatorBalance)],
      [say(locale, "overview.owed"), amount(page, stats.accrualsPending)],
      [say(locale, "overview.pending"), amount(page, stats.payoutsPending)],
      [say(locale, "overview.sent"), amount(page, stats.payoutsSent)]
    ]),
    facts([
      [say(locale, "overview.accrued"), amount(page, stats.accrualsTotal)],
      [say(locale, "overview.receivable"), amountOr(page, stats.operatorReceivable)],
      [
        say(locale, "overview.account"),
        stats.operatorAccount === null
          ? say(locale, "unknown")
          : h("span", { class: "address" }, code(stats.operatorAccount))
      ]
    ])
  )
}

const people = (page: Page, stats: ProgramStats): Element => {
  const { locale } = page
  const { perDay, perWeek, unit } = stats.caps
  const caps = { day: countText(locale, perDay), week: countText(locale, perWeek), unit: say(locale, `unit.${unit}`) }
  const all: ReadonlyArray<Figure> = [
    [say(locale, "overview.users"), countText(locale, stats.usersTotal)],
    [say(locale, "overview.verified"), countText(locale, stats.verificationsOk)],
    [say(locale, "overview.flags"), countText(locale, stats.abuseFlags)],
    [say(locale, "overview.rate"), amount(page, stats.rate)],
    [say(locale, "overview.caps"), say(locale, "overview.caps.value", caps)],
    [
      say(locale, "overview.settlement"),
      say(locale, "overview.settlement.value", { count: stats.settlementMinutes })
    ],
    [say(locale, "overview.mode"), say(locale, `mode.${stats.mode}`)]
  ]
  return section(say(locale, "overview.people"), facts(all))
}

const healthTones: Readonly<Record<HealthState, Tone>> = { ok: "good", degraded: "wait", down: "bad" }

const health = ({ locale }: Page, { checks, state, uptimeSeconds }: OverviewView["health"]): Element =>
  section(
    say(locale, "overview.health"),
    h(
      "p",
      null,
      phrase(locale, "overview.health.state", {
        state: badge(healthTones[state], say(locale, `state.${state}`)),
        duration: durationText(locale, uptimeSeconds)
      })
    ),
    dataTable({
      caption: say(locale, "overview.health.caption"),
      empty: say(locale, "none"),
      columns: [
        { title: say(locale, "overview.check") },
        { title: say(locale, "overview.check.state") },
        { title: say(locale, "overview.check.detail") }
      ],
      rows: checks.map((check) => [
        code(check.name),
        badge(healthTones[check.state], say(locale, `state.${check.state}`)),
        check.detail ?? "–"
      ])
    })
  )

const jobTones: Readonly<Record<JobItem["state"], Tone>> = {
  waiting: "good",
  running: "wait",
  late: "bad",
  failed: "bad"
}

const runForm = (page: Page, job: string): Element =>
  postForm(
    page,
    paths.runJob,
    hidden("job", job),
    submit(say(page.locale, "overview.job.run"), "quiet", job)
  )

const momentOr = (page: Page, iso: string | null): Content => iso === null ? "–" : moment(page, iso)

const jobs = (page: Page, all: ReadonlyArray<JobItem>): Element => {
  const { locale } = page
  return section(
    say(locale, "overview.jobs"),
    dataTable({
      caption: say(locale, "overview.jobs.caption"),
      empty: say(locale, "none"),
      columns: [
        { title: say(locale, "overview.job") },
        { title: say(locale, "overview.job.state") },
        { title: say(locale, "overview.job.last") },
        { title: say(locale, "overview.job.next") },
        { title: say(locale, "overview.job.noAction") }
      ],
      rows: all.map((job) => [
        code(job.name),
        [
          badge(jobTones[job.state], say(locale, `job.${job.state}`)),
          job.detail === null ? null : h("div", { class: "hint" }, job.detail)
        ],
        momentOr(page, job.lastRunAt),
        momentOr(page, job.nextRunAt),
        runForm(page, job.name)
      ])
    })
  )
}

const switchForm = (page: Page, payouts: "stop" | "resume"): Element => {
  const { locale } = page
  return postForm(
    page,
    paths.killSwitch,
    hidden("payouts", payouts),
    textField({
      id: "note",
      name: "note",
      label: say(locale, "kill.note"),
      attributes: { maxlength: 200, class: "long" }
    }),
    submit(say(locale, `kill.${payouts}`), payouts === "stop" ? "danger" : "primary")
  )
}

/** To stop needs no second factor; to go on does. */
const killSwitch = (page: Page, stopped: StoppedPayouts | null): Element => {
  const { locale } = page
  const title = say(locale, "kill.title")
  if (stopped === null) {
    return box(
      "plain",
      title,
      h("p", null, say(locale, "kill.off")),
      h(
        "details",
        null,
        h("summary", null, say(locale, "kill.stop")),
        h("p", null, say(locale, "kill.stop.text")),
        switchForm(page, "stop")
      )
    )
  }
  const since = phrase(locale, "kill.on", { time: moment(page, stopped.at), actor: name(stopped.actor) })
  return box(
    "bad",
    title,
    h("p", null, h("strong", null, since), " ", say(locale, "kill.resume.text")),
    behindSecondFactor(page, switchForm(page, "resume"))
  )
}

/** The state of the program. The switch comes first: whoever needs it has no time to look for it. */
export const renderOverview = (view: OverviewView, page: Page): string => {
  const { locale } = page
  return writeDocument(page, {
    title: say(locale, "overview.title"),
    body: [
      h("h1", null, say(locale, "overview.title")),
      killSwitch(page, view.stopped),
      money(page, view.stats),
      people(page, view.stats),
      health(page, view.health),
      jobs(page, view.jobs)
    ]
  })
}
