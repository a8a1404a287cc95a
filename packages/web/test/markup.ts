/** A start tag, with attributes as they stand in the text. */
export interface Tag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
}

const startTag = /<([a-z][a-z0-9]*)((?:\s+[a-z:-]+(?:="[^"]*")?)*)\s*\/?>/gu

const attributesOf = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(/([a-z:-]+)(?:="([^"]*)")?/gu)].map(([, name, value]) => [name!, value ?? ""]))

/** The start tags of a document that Preact wrote: lower case, attributes in double quotes. */
export const tagsOf = (html: string): ReadonlyArray<Tag> =>
  [...html.matchAll(startTag)].map(([, name, rest]) => ({ name: name!, attributes: attributesOf(rest!) }))

/** A document without its texts: tags, and the names of their attributes. */
export const skeletonOf = (html: string): string => html.replaceAll(/="[^"]*"/gu, "").replaceAll(/>[^<]+</gu, "><")

/** What a reader sees, without tags. */
export const textOf = (html: string): string => html.replaceAll(/<[^>]*>/gu, " ")

/** As it stands between tags or in an attribute. */
export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\"", "&quot;")
