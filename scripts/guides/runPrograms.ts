/** Runs programs one after the other in this process, and prints as JSON what each of them printed. */
import { pathToFileURL } from "node:url"

const print = process.stdout.write.bind(process.stdout)
const printed: Record<string, string> = {}
let current = ""

process.stdout.write = ((text: string | Uint8Array) => {
  printed[current] += typeof text === "string" ? text : Buffer.from(text).toString()
  return true
}) as typeof process.stdout.write

for (const file of process.argv.slice(2)) {
  current = file
  printed[file] = ""
  await import(pathToFileURL(file).href)
}

print(JSON.stringify(printed))
