/** Makes elements, with attributes that are plain values: raw HTML and styles of single elements cannot be said. */
import { type ComponentChildren, createElement, type VNode } from "preact"

/** What stands in an element: texts, which are escaped, elements, lists of them, or nothing. */
export type Content = ComponentChildren

/** An element. */
export type Element = VNode

/** Attributes by their names in HTML; those that are undefined are left out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

/** An element. */
export const h = (tag: string, attributes: Attributes | null, ...content: ReadonlyArray<Content>): Element =>
  createElement(tag, attributes, ...content) as Element
