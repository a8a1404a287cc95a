/** Reads what the process uses, at the moment that somebody asks. */
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"

const microsPerSecond = 1_000_000

const gauges: ReadonlyArray<readonly [Metric.Gauge<number>, () => number]> = [
  [
    Metric.gauge("process_resident_memory_bytes", { description: "Memory that the process holds." }),
    () => process.memoryUsage.rss()
  ],
  [
    Metric.gauge("process_heap_used_bytes", { description: "Heap in use." }),
    () => process.memoryUsage().heapUsed
  ],
  [
    Metric.gauge("process_cpu_seconds", { description: "Processor time used." }),
    () => {
      const { system, user } = process.cpuUsage()
      return (system + user) / microsPerSecond
    }
  ],
  [Metric.gauge("process_uptime_seconds", { description: "Time since the process began." }), () => process.uptime()]
]

/** Puts them into the registry. */
export const readProcess: Effect.Effect<void> = Effect.forEach(
  gauges,
  ([gauge, read]) => Effect.suspend(() => Metric.update(gauge, read())),
  { discard: true }
)
