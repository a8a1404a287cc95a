/** Reads the time out of ids of Discord. */
import { assert, describe, it } from "@effect/vitest"
import { createdAtMillis, DiscordId } from "@purser/integrations/discord"
import * as Schema from "effect/Schema"

describe("RW-1 ids of Discord", () => {
  it("carry the time of their making", () => {
    const id = Schema.decodeUnknownSync(DiscordId)("175928847299117063")
    assert.strictEqual(createdAtMillis(id), 1_462_015_105_796)
  })

  it.each(["", "1234567890123456", "18446744073709551616", "17592884729911706x", "017592884729911706"])(
    "are refused: %s",
    (text) => assert.isFalse(Schema.is(DiscordId)(text))
  )
})
