/** Holds the files that pages ask for, each at a path that changes with its content. */
import { createHash } from "node:crypto"
import { icon } from "./icon.ts"
import { style } from "./style.ts"

/** A file. Its path names its content: it may be cached for ever. */
export interface Asset {
  /** For `Content-Type`. */
  readonly type: string
  readonly body: string
}

const pathOf = (name: string, ending: string, body: string): string =>
  `/assets/${name}-${createHash("sha256").update(body).digest("hex").slice(0, 16)}.${ending}`

/** Where the style sheet is. */
export const stylePath = pathOf("style", "css", style)

/** Where the icon is. */
export const iconPath = pathOf("icon", "svg", icon)

/** Every file by its path: nothing else is asked for by a page but the banner of the product. */
export const assets: ReadonlyMap<string, Asset> = new Map([
  [stylePath, { type: "text/css; charset=utf-8", body: style }],
  [iconPath, { type: "image/svg+xml; charset=utf-8", body: icon }]
])
