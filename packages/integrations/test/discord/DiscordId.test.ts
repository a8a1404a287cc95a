/** Tells ids of Discord from other texts. */
import { assert, describe, it } from "@effect/vitest"
import { DiscordId } from "@purser/integrations/discord"
import * as Schema from "effect/Schema"

describe("RW-1 ids of Discord", () => {
  it.each(["17592884729911706", "175928847299117063", "18446744073709551615"])(
    "are read: %s",
    (text) => assert.isTrue(Schema.is(DiscordId)(text))
  )

  it.each(["", "1234567890123456", "18446744073709551616", "17592884729911706x", "017592884729911706"])(
    "are refused: %s",
    (text) => assert.isFalse(Schema.is(DiscordId)(text))
  )
})
