/** Builds the blocks that pages are made of: boxes, badges, figures and sections. */
import { type Content, type Element, h } from "./element.ts"

/** What a block tells at a glance: in order, to be looked at, wrong, or neither. */
export type Tone = "good" | "wait" | "bad" | "plain"

/** A word on its state. The word says it all: colour only repeats it. */
export const badge = (tone: Tone, text: string): Element => h("span", { class: `badge ${tone}` }, text)

/** A box that says something first, with what to do about it. */
export const box = (tone: Tone, title: string, ...content: ReadonlyArray<Content>): Element =>
  h("section", { class: `box ${tone}` }, h("h2", null, title), ...content)

/** A part of a page under a heading of its own. */
export const section = (title: string, ...content: ReadonlyArray<Content>): Element =>
  h("section", null, h("h2", null, title), ...content)

/** Names something and shows it. */
export type Figure = readonly [name: string, value: Content]

/** Figures side by side, large. */
export const figures = (all: ReadonlyArray<Figure>): Element =>
  h("dl", { class: "figures" }, all.map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value))))

/** Facts below each other, small. */
export const facts = (all: ReadonlyArray<Figure>): Element =>
  h("dl", { class: "facts" }, all.map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value))))

/** A link that looks like a button. */
export const buttonLink = (url: string, text: string, tone: "primary" | "quiet" = "primary"): Element =>
  h("a", { href: url, class: `button ${tone}` }, text)

/** A paragraph. */
export const paragraph = (...content: ReadonlyArray<Content>): Element => h("p", null, ...content)

/** What the first paragraph below the heading is. */
export const lead = (...content: ReadonlyArray<Content>): Element => h("p", { class: "lead" }, ...content)
