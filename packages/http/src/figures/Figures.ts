/** Counts what a server does, for Prometheus and for the collector. Series are made before they are needed. */
import type { Door, ProblemCode, Rules } from "@purser/contract"
import type * as Context from "effect/Context"
import * as Metric from "effect/Metric"

/** Seconds; from what a lookup takes to what a queue of derivations takes. */
const latencyBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

const statusClasses = ["1xx", "2xx", "3xx", "4xx", "5xx"]

/** The figures of one route. `outcome` counts redemptions: by status, by state of waiting, by the code of a refusal. */
export interface RouteFigures {
  readonly end: (status: number, seconds: number) => void
  readonly outcome: (outcome: string | undefined) => void
}

/** The figures of one door. `context` names the registry. */
export interface Figures {
  /** Asks for the number of requests that are being answered whenever the figures are read. */
  readonly watch: (count: () => number) => void
  readonly of: (
    route: { readonly method: string; readonly path: string; readonly rules: Rules | undefined }
  ) => RouteFigures
  readonly refused: (code: ProblemCode) => void
}

const requests = (attributes: Readonly<Record<string, string>>) =>
  Metric.counter("purser_http_requests_total", {
    description: "Requests answered, by route and class of status.",
    incremental: true,
    attributes
  })

const seconds = (attributes: Readonly<Record<string, string>>) =>
  Metric.histogram("purser_http_request_seconds", {
    description: "Time from the head of a request to its answer.",
    boundaries: latencyBoundaries,
    attributes
  })

const inFlight = (attributes: Readonly<Record<string, string>>) =>
  Metric.gauge("purser_http_requests_in_flight", { description: "Requests being answered.", attributes })

const refusals = (attributes: Readonly<Record<string, string>>) =>
  Metric.counter("purser_http_refusals_total", {
    description: "Refusals by code.",
    incremental: true,
    attributes
  })

const redemptions = (attributes: Readonly<Record<string, string>>) =>
  Metric.counter("purser_redemptions_total", {
    description: "Redemptions by outcome.",
    incremental: true,
    attributes
  })

type Make = (value: string) => Metric.Counter<number>

/** Counts by a value; the counter of each is made once. */
const counting = (make: Make, context: Context.Context<never>) => {
  const counters = new Map<string, Metric.Counter<number>>()
  return (value: string): void => {
    let counter = counters.get(value)
    if (counter === undefined) {
      counter = make(value)
      counters.set(value, counter)
    }
    counter.updateUnsafe(1, context)
  }
}

/** Makes the figures of a door. */
export const makeFigures = (door: Door, context: Context.Context<never>): Figures => {
  const countRefusal = counting((code) => refusals({ door, code }), context)
  const countRedemption = counting((outcome) => redemptions({ outcome }), context)
  return {
    watch: (count) =>
      void Metric.registerUnsafe(inFlight({ door }), context, {
        get: () => ({ value: count() }),
        update: () => undefined,
        modify: () => undefined
      }),
    of: ({ method, path, rules }) => {
      const attributes = { door, method, route: path }
      const counters = statusClasses.map((status) => requests({ ...attributes, status }))
      const latency = seconds(attributes)
      const isRedemption = rules?.limit === "redeem"
      return {
        end: (status, elapsedSeconds) => {
          counters[Math.floor(status / 100) - 1]?.updateUnsafe(1, context)
          latency.updateUnsafe(elapsedSeconds, context)
        },
        outcome: (outcome) => {
          if (isRedemption && outcome !== undefined) countRedemption(outcome)
        }
      }
    },
    refused: countRefusal
  }
}
