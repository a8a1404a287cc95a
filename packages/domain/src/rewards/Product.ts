/** Models the face that an operator gives to the program: names, pictures and language. */
import * as Schema from "effect/Schema"

/** The languages that the program speaks, as BCP 47 tags. */
export const Locale = Schema.Literals(["en", "de", "es"])
export type Locale = typeof Locale.Type

const hidden = String.raw`\p{Cc}\u2028-\u202e\u2066-\u2069`
const visibleName = new RegExp(String.raw`^(?=.*\S)[^${hidden}]{1,80}$`, "u")

/** A name to show: 1 to 80 code points, not all blank, without control characters and marks that turn the direction of text. */
const Name = Schema.String.check(Schema.isPattern(visibleName))

const host = String.raw`[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?`
const rest = String.raw`[A-Za-z0-9._~%!$&()*+,;=:@/?#-]*`
const remote = new RegExp(`^https://${host}(?:[/?#]${rest})?$`, "u")
const localOrRemote = new RegExp(`^(?:https://${host}(?:[/?#]${rest})?|/(?!/)${rest})$`, "u")
const urlMost = Schema.isMaxLength(500)

/** An address elsewhere: https only, without user and password, at most 500 characters. */
const RemoteUrl = Schema.String.check(urlMost, Schema.isPattern(remote))

/** An address elsewhere, or a path of this host (`/…`, never `//…`), at most 500 characters. */
const PlaceUrl = Schema.String.check(urlMost, Schema.isPattern(localOrRemote))

/** A feature's name is 1 to 50 lower-case letters, digits or `_`, the first a letter. */
const FeatureFlags = Schema.Record(Schema.String, Schema.Boolean).check(
  Schema.isMaxProperties(32),
  Schema.makeFilter((flags) => {
    const misnamed = Object.keys(flags).filter((name) => !/^[a-z][a-z0-9_]{0,49}$/u.test(name))
    return misnamed.map((name) => ({
      path: [name],
      issue: "expected 1 to 50 lower-case letters, digits or _ as a name"
    }))
  })
)

/** The face of an installation. What is null is left out of pages. */
export class Product extends Schema.Class<Product>("Product")({
  appName: Name,
  orgName: Name,
  /** A wide picture for the first page and for shared links. */
  bannerUrl: Schema.NullOr(PlaceUrl),
  /** Where logos and texts for the press are. */
  mediaKitUrl: Schema.NullOr(PlaceUrl),
  /** The language of whoever asks for none that is spoken. */
  defaultLocale: Locale,
  /** Where players join the Discord server. */
  discordInviteUrl: Schema.NullOr(RemoteUrl),
  /** At most 32, for front ends to heed; pages of this project need none. */
  featureFlags: FeatureFlags
}) {}
