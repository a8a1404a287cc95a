import { Locale, Product } from "@purser/domain/rewards"
import {
  helpTopics,
  type Page,
  paths,
  renderAccount,
  renderAdminPayouts,
  renderAudit,
  renderDashboard,
  renderEarnings,
  renderEnrol,
  renderHelp,
  renderHelpTopic,
  renderHome,
  renderOverview,
  renderPayoutConfig,
  renderPayouts,
  renderRefused,
  renderReviews,
  renderStepUp,
  renderWallet
} from "@purser/web"
import {
  accountView,
  adminPayoutsView,
  auditView,
  dashboardView,
  earningsView,
  overviewView,
  payoutConfigView,
  payoutsView,
  reviewsView,
  walletView
} from "./sampleViews.ts"

export const locales = Locale.literals

export const product = new Product({
  appName: "Play to Slay",
  orgName: "Banano Republic",
  bannerUrl: null,
  mediaKitUrl: "https://media.example/kit",
  defaultLocale: "en",
  discordInviteUrl: "https://discord.gg/example",
  featureFlags: {}
})

/** A player's page; `text` is what somebody may have chosen. */
export const playerPage = (text: string, path: string = paths.dashboard): Page => ({
  product,
  locale: "en",
  path,
  publicUrl: "https://slay.example",
  timeZone: "UTC",
  signedIn: { name: text, isAdmin: false, secondFactor: "none" },
  csrf: "a-token",
  sandboxBanner: [],
  dryRunBanner: false,
  notice: null
})

export const visitorPage = (path: string): Page => ({ ...playerPage("", path), signedIn: null, csrf: null })

export const adminPage = (text: string, path: string): Page => ({
  ...playerPage(text, path),
  signedIn: { name: text, isAdmin: true, secondFactor: "fresh" }
})

export interface Sample {
  readonly name: string
  readonly html: string
}

export type Change = (page: Page) => Page

const unchanged: Change = (page) => page

const publicSamples = (change: Change): ReadonlyArray<Sample> => {
  const view = { rate: "2.1", caps: { unit: "payouts", perDay: 1, perWeek: 3 }, settlementMinutes: 20 } as const
  const banner = new Product({ ...product, bannerUrl: "/media/banner.png" })
  return [
    { name: "home", html: renderHome(view, change(visitorPage(paths.home))) },
    {
      name: "home-banner",
      html: renderHome(
        { ...view, caps: { unit: "kills", perDay: 150, perWeek: 750 } },
        change({
          ...visitorPage(paths.home),
          product: banner,
          notice: "SignedOut",
          sandboxBanner: ["Discord", "Yunite"]
        })
      )
    },
    { name: "help", html: renderHelp(change(visitorPage(paths.help))) },
    ...helpTopics.map((topic) => ({
      name: `help-${topic}`,
      html: renderHelpTopic(topic, change(visitorPage(`${paths.help}/${topic}`)))
    })),
    ...([400, 403, 404, 429, 500] as const).map((status) => ({
      name: `error-${status}`,
      html: renderRefused(
        { status, correlationId: "5f8c3b0e", retryAfterSeconds: status === 429 ? 12 : null },
        change(visitorPage("/gone"))
      )
    }))
  ]
}

const playerSamples = (text: string, change: Change): ReadonlyArray<Sample> => {
  const at = (path: string) => change(playerPage(text, path))
  const dashboard = dashboardView(text)
  return [
    { name: "dashboard", html: renderDashboard(dashboard, at(paths.dashboard)) },
    {
      name: "dashboard-new",
      html: renderDashboard({
        ...dashboard,
        membership: "left",
        epic: { state: "not_linked", name: null },
        wallet: { current: null, pending: null },
        verified: { at: "2026-11-25T09:00:00Z", outcome: "mismatch" },
        earning: "NotMember",
        paying: "NotMember",
        latest: []
      }, { ...at(paths.dashboard), dryRunBanner: true })
    },
    {
      name: "dashboard-held",
      html: renderDashboard({
        ...dashboard,
        paying: "HeldForReview",
        wallet: { current: text, pending: { address: text, effectiveAt: "2026-11-26T09:00:00Z" } }
      }, { ...at(paths.dashboard), notice: "VerificationAsked" })
    },
    { name: "wallet", html: renderWallet(walletView(text), at(paths.wallet)) },
    {
      name: "wallet-refused",
      html: renderWallet({ ...walletView(text), entered: text, refusal: "Checksum" }, at(paths.wallet))
    },
    { name: "payouts", html: renderPayouts(payoutsView(text), at(paths.payouts)) },
    {
      name: "payouts-empty",
      html: renderPayouts({ items: [], status: "failed", next: null, isFirst: true }, at(paths.payouts))
    },
    { name: "earnings", html: renderEarnings(earningsView, at(paths.earnings)) },
    { name: "account", html: renderAccount(accountView, at(paths.account)) },
    {
      name: "account-refused",
      html: renderAccount({ owed: null, otherSessions: 0, isUnconfirmed: true }, at(paths.account))
    }
  ]
}

const adminSamples = (text: string, change: Change): ReadonlyArray<Sample> => {
  const at = (path: string) => change(adminPage(text, path))
  const stale = (path: string): Page => {
    const page = at(path)
    return { ...page, signedIn: { name: text, isAdmin: true, secondFactor: "stale" } }
  }
  const otpauthUri = `otpauth://totp/Slay:admin?secret=JBSWY3DPEHPK3PXP&issuer=Slay`
  return [
    { name: "overview", html: renderOverview(overviewView(text), at(paths.admin)) },
    {
      name: "overview-stopped",
      html: renderOverview(
        { ...overviewView(text), stopped: { at: "2026-11-25T08:00:00Z", actor: text } },
        stale(paths.admin)
      )
    },
    { name: "admin-payouts", html: renderAdminPayouts(adminPayoutsView(text), at(paths.adminPayouts)) },
    { name: "reviews", html: renderReviews(reviewsView(text), at(paths.reviews)) },
    { name: "reviews-stale", html: renderReviews({ ...reviewsView(text), refused: null }, stale(paths.reviews)) },
    { name: "audit", html: renderAudit(auditView(text), at(paths.audit)) },
    { name: "payout-config", html: renderPayoutConfig(payoutConfigView(text), at(paths.payoutConfig)) },
    { name: "enrol", html: renderEnrol({ otpauthUri, secret: text, refusal: null }, at(paths.enrol)) },
    { name: "step-up", html: renderStepUp({ next: paths.reviews, refusal: "CodeWrong" }, stale(paths.stepUp)) }
  ]
}

/** Every page, in the states that look different; `text` stands wherever somebody else may choose one. */
export const samplePages = (text: string, change: Change = unchanged): ReadonlyArray<Sample> => [
  ...publicSamples(change),
  ...playerSamples(text, change),
  ...adminSamples(text, change)
]
