import { assets, contentSecurityPolicy } from "@purser/web"
import { accessSync, constants } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { delimiter, join } from "node:path"
import type { Requirement } from "../../../../scripts/testing/requirement.ts"
import type { Sample } from "../samplePages.ts"

/** A real browser. */
export const chromium: Requirement = {
  name: "chromium",
  programs: ["chromium"],
  remedy: "install the Debian package chromium (apt-get install chromium)"
}

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Where the browser is, once it is known to be there. */
export const chromiumPath = (): string => {
  const folders = (process.env.PATH ?? "").split(delimiter)
  return folders.map((folder) => join(folder, "chromium")).find(isExecutable) ?? "chromium"
}

const picture =
  `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="300"><rect width="1200" height="300" fill="#7a5"/></svg>`

/** Serves samples at `/sample/<name>` on loopback, with the policy that they are made for. */
export const serveSamples = async (samples: ReadonlyArray<Sample>): Promise<{ server: Server; origin: string }> => {
  const pages = new Map(samples.map(({ html, name }) => [`/sample/${name}`, html]))
  const server = createServer(({ url = "" }, answer) => {
    const page = pages.get(url)
    const asset = url === "/media/banner.png" ? { type: "image/svg+xml", body: picture } : assets.get(url)
    if (page !== undefined) {
      answer.writeHead(200, {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": contentSecurityPolicy
      })
      answer.end(page)
    } else if (asset === undefined) answer.writeHead(404).end()
    else answer.writeHead(200, { "content-type": asset.type, "x-content-type-options": "nosniff" }).end(asset.body)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
