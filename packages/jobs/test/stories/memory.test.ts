/** Tells the ticket stories on a chain model and stores in memory. */
import { describe, layer } from "@effect/vitest"
import * as Layer from "effect/Layer"
import { layer as chainMemory } from "../chain/chainMemory.ts"
import { places } from "./stores.ts"
import { tellStories } from "./ticketStories.ts"
import { scryptNode, useCases } from "./world.ts"

const world = useCases.pipe(Layer.provideMerge(Layer.mergeAll(chainMemory, places.memory(), scryptNode)))

describe("TK-5 TK-6 TK-7 TK-9 tickets in memory", () => {
  layer(world, { excludeTestServices: true })((it) => tellStories(it, { payerIsRich: true }))
})
