/** Writes answers by the contract's schemas, so that nothing leaves that the contract does not know. */
import { type DeclaredRoute, routeName } from "@purser/contract"
import * as Schema from "effect/Schema"
import type { Refused, Reply, Written } from "./Reply.ts"
import { RouteUnfit } from "./RouteUnfit.ts"

/** The media type of an answer, from the contract. */
export type MediaTypeOf = (route: DeclaredRoute, status: number) => string

const text = (mediaType: string, encoded: unknown): string => {
  if (encoded === undefined) return ""
  return mediaType === "application/json" || typeof encoded !== "string" ? JSON.stringify(encoded) : encoded
}

/** Compiles the schemas of a route's answers once. An answer with another status or shape is a defect. */
export const answerWriter = (route: DeclaredRoute, mediaTypeOf: MediaTypeOf) => {
  const encoders = new Map([...route.successes].map(([status, [schema]]) => {
    // The contract's schemas need no services; their type here has forgotten it.
    const encode = Schema.encodeUnknownSync(schema as Schema.Codec<unknown, unknown>)
    return [status, { mediaType: mediaTypeOf(route, status), encode }]
  }))
  return (reply: Reply<unknown>): Written | Refused => {
    if (reply._tag === "Refused") return reply
    const encoder = encoders.get(reply.status)
    if (encoder === undefined) throw new RouteUnfit(`${routeName(route.endpoint)} does not declare ${reply.status}`)
    const { encode, mediaType } = encoder
    const { headers, outcome, status } = reply
    const type = reply.mediaType ?? mediaType
    const body = text(type, encode(reply.body))
    return {
      _tag: "Written",
      status,
      mediaType: body === "" ? "" : type,
      text: body,
      ...outcome === undefined ? {} : { outcome },
      ...headers === undefined ? {} : { headers }
    }
  }
}
