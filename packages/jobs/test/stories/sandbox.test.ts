/** Tells the ticket stories on the sandbox of Monero, through the real client, with the books in every place. */
import { describe, layer } from "@effect/vitest"
import * as Layer from "effect/Layer"
import { chainSandbox } from "../chain/chainSandbox.ts"
import { places } from "./stores.ts"
import { tellStories } from "./ticketStories.ts"
import { scryptQuick, useCases } from "./world.ts"

describe("TK-5 TK-6 TK-7 TK-8 TK-9 tickets on the sandbox", () => {
  for (const [place, stores] of Object.entries(places)) {
    describe(`with the books in ${place}`, () => {
      const world = useCases.pipe(Layer.provideMerge(Layer.mergeAll(chainSandbox, stores(), scryptQuick)))
      layer(world, { excludeTestServices: true })((it) => tellStories(it, { payerIsRich: true }))
    })
  }
})
