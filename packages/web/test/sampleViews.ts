import {
  type AccountView,
  type AdminPayoutsView,
  type AuditView,
  type DashboardView,
  type EarningsView,
  type OverviewView,
  type PayoutConfigView,
  type PayoutItem,
  payoutStatuses,
  type PayoutsView,
  type ReviewItem,
  type ReviewsView,
  type WalletView
} from "@purser/web"

const explorerUrl = "https://creeper.banano.cc/hash/5F8C3B0E6C1D4A529F0B2A7C9A1D4E115F8C3B0E6C1D4A529F0B2A7C9A1D4E11"

const payouts = (text: string): ReadonlyArray<PayoutItem> =>
  payoutStatuses.map((status, n) => ({
    id: `payout-${n}`,
    status,
    amount: ["4.2", "12.6", "1234.50000001", "0.3", "21", "6.3", "2.1"][n] ?? "1",
    createdAt: `2026-11-2${n}T0${n}:15:00Z`,
    payee: text,
    explorerUrl: status === "sent" || status === "confirmed" ? explorerUrl : null
  })).toReversed()

export const dashboardView = (text: string): DashboardView => ({
  membership: "member",
  epic: { state: "linked", name: text },
  wallet: { current: text, pending: null },
  earned: "14.7",
  underway: "2.1",
  paid: "1234.50000001",
  caps: {
    unit: "payouts",
    day: { used: 1, limit: 1, resetsAt: "2026-11-26T00:00:00Z" },
    week: { used: 2, limit: 3, resetsAt: "2026-11-30T00:00:00Z" }
  },
  verified: { at: "2026-11-25T09:12:00Z", outcome: "ok" },
  earning: null,
  paying: null,
  nextSettlementAt: "2026-11-25T10:20:00Z",
  latest: payouts(text).slice(1, 4)
})

export const walletView = (text: string): WalletView => ({
  current: text,
  pending: null,
  coolDownHours: 24,
  entered: "",
  refusal: null
})

export const payoutsView = (text: string): PayoutsView => ({
  items: payouts(text),
  status: null,
  next: text,
  isFirst: false
})

export const earningsView: EarningsView = {
  items: (["open", "in_payout", "paid"] as const).map((state, n) => ({
    id: `accrual-${n}`,
    at: `2026-11-25T0${n}:20:00Z`,
    kills: [3, 12, 1041][n] ?? 0,
    rate: "2.1",
    amount: ["6.3", "25.2", "2186.1"][n] ?? "0",
    state
  })),
  next: "older",
  isFirst: true
}

export const accountView: AccountView = { owed: "14.7", otherSessions: 2, isUnconfirmed: false }

export const overviewView = (text: string): OverviewView => ({
  stats: {
    operatorAccount: text,
    operatorBalance: "48210.5",
    operatorReceivable: null,
    payoutsSent: "103482.1",
    payoutsPending: "214.2",
    accrualsTotal: "110943.9",
    accrualsPending: "7247.6",
    usersTotal: 10_412,
    verificationsOk: 9871,
    abuseFlags: 7,
    rate: "2.1",
    caps: { unit: "payouts", perDay: 1, perWeek: 3 },
    settlementMinutes: 20,
    mode: "live"
  },
  health: {
    state: "degraded",
    uptimeSeconds: 273_000,
    checks: [
      { name: "database", state: "ok", detail: null },
      { name: "banano", state: "degraded", detail: text },
      { name: "yunite", state: "down", detail: "no answer within 5 s" }
    ]
  },
  jobs: (["waiting", "running", "late", "failed"] as const).map((state, n) => ({
    name: ["rewards.accrue", "rewards.settle", "rewards.verify", "rewards.prune"][n] ?? "",
    state,
    lastRunAt: n === 3 ? null : "2026-11-25T09:40:00Z",
    nextRunAt: "2026-11-25T10:00:00Z",
    detail: n === 3 ? text : null
  })),
  stopped: null
})

export const adminPayoutsView = (text: string): AdminPayoutsView => ({
  items: payouts(text).map((payout) => ({
    ...payout,
    player: { id: text, name: text },
    attempts: payout.status === "failed" ? 5 : 1,
    nextAttemptAt: payout.status === "queued" ? "2026-11-25T10:05:00Z" : null,
    failureReason: payout.status === "failed" ? text : null,
    canRetry: payout.status === "failed"
  })),
  status: null,
  player: text,
  next: "older",
  isFirst: true
})

const reviewItem = (text: string): ReviewItem => ({
  dedupeKey: "a".repeat(64),
  player: { id: text, name: text },
  kind: "Spike",
  explanation: "84 kills an hour, where the player's own history reaches 21.5 (med)",
  value: 84,
  threshold: 21.5,
  severity: "med",
  raisedAt: "2026-11-25T08:00:00Z",
  evidence: ["mean 12.1", text],
  outcome: "hold",
  review: null
})

export const reviewsView = (text: string): ReviewsView => ({
  items: [
    reviewItem(text),
    { ...reviewItem(text), dedupeKey: "b".repeat(64), kind: "SharedWallet", severity: "high" },
    {
      ...reviewItem(text),
      dedupeKey: "c".repeat(64),
      kind: "YoungAccount",
      severity: "low",
      outcome: "none",
      review: { verdict: "cleared", note: text, actor: text, at: "2026-11-25T09:00:00Z" }
    }
  ],
  show: "open",
  refused: { dedupeKey: "a".repeat(64), why: "NoteMissing", verdict: "confirmed", note: text },
  next: null,
  isFirst: true
})

export const auditView = (text: string): AuditView => ({
  items: [3, 2, 1].map((n) => ({
    sequence: String(n),
    at: `2026-11-25T0${n}:00:00Z`,
    actor: text,
    action: ["PayoutsStopped", "PayoutRetried", "ConfigChanged"][n - 1] ?? "",
    subject: text,
    details: text
  })),
  filter: { actor: text, action: null, subject: null },
  next: "older",
  isFirst: false
})

export const payoutConfigView = (text: string): PayoutConfigView => ({
  values: {
    ratePerKill: text,
    capUnit: "payouts",
    capPerDay: "3",
    capPerWeek: "1",
    settlementMinutes: "20",
    batchSize: "0",
    minOperatorBalance: "50",
    hourlyCeiling: "500",
    dailyCeiling: "5000"
  },
  refusals: { ratePerKill: "NotANumber", capPerWeek: "WeekBelowDay" },
  version: text,
  isConflict: true
})
