/** Reads how much time processes have spent on the processor. */
import { readFileSync } from "node:fs"

/** Milliseconds of user and system time by process; undefined where the system does not tell. */
export type ProcessTimes = ReadonlyMap<number, number> | undefined

/** Linux counts in hundredths of a second, whatever the kernel was built with: `man 5 proc`. */
const tickMillis = 10

/** Fields 14 and 15, counted from behind the name of the program, which may hold spaces and brackets. */
const readTimes = (process: number): number => {
  const stat = readFileSync(`/proc/${process}/stat`, "utf8")
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  return (Number(fields[11]) + Number(fields[12])) * tickMillis
}

/** The times of processes that are running. */
export const timesOf = (processes: ReadonlyArray<number>): ProcessTimes => {
  try {
    return new Map(processes.map((process) => [process, readTimes(process)]))
  } catch {
    return undefined
  }
}
