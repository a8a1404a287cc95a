/** Runs programs one after the other in this process, and prints as JSON what each of them printed. */
import { pathToFileURL } from "node:url"
import type { Run } from "./project.ts"

const print = process.stdout.write.bind(process.stdout)
let printed = ""

process.stdout.write = ((text: string | Uint8Array) => {
  printed += typeof text === "string" ? text : Buffer.from(text).toString()
  return true
}) as typeof process.stdout.write

const runs = JSON.parse(process.argv[2]!) as ReadonlyArray<Run>
const texts: Array<string> = []
for (const [index, { file, folder, url }] of runs.entries()) {
  printed = ""
  process.chdir(folder)
  if (url === undefined) delete process.env.DATABASE_URL
  else process.env.DATABASE_URL = url
  // The query makes a program that runs twice a module of its own each time.
  await import(`${pathToFileURL(file).href}?run=${index}`).catch((error: Error) => {
    printed += error.stack ?? String(error)
  })
  texts.push(printed)
}

print(JSON.stringify(texts))
