/** Names regions coarsely, from a closed set: a country or a part of the world, and never an address. */
import * as Schema from "effect/Schema"

/** ISO 3166-1 alpha-2, the officially assigned codes. */
const countries = [
  "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ",
  "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR",
  "GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT",
  "JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO",
  "MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY",
  "QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO",
  "TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
].flatMap((line) => line.split(" "))

const parts = ["AFRICA", "ANTARCTICA", "ASIA", "EUROPE", "NORTH-AMERICA", "OCEANIA", "SOUTH-AMERICA"]

const unknown = "unknown"

/** Every region there is, so that what is counted by region has a bounded number of labels: 249 countries, 7 parts, unknown. */
export const regions: ReadonlySet<string> = new Set([...countries, ...parts, unknown])

/** A country by its ISO 3166-1 alpha-2 code, a part of the world like `EUROPE`, or `unknown`. */
export const Region = Schema.String.check(Schema.makeFilter((text) => regions.has(text))).pipe(Schema.brand("Region"))
export type Region = typeof Region.Type

/** The region of whoever can not be placed. */
export const unknownRegion: Region = Region.make(unknown)

/**
 * The region that a trusted header tells, in either case and with blanks around; `unknown` for anything else. Only ASCII
 * counts: upper-casing makes two letters of one elsewhere, and a country of what is none.
 */
export const regionOf = (header: string | null | undefined): Region => {
  const text = header?.trim() ?? ""
  const code = /^[A-Za-z-]{2,13}$/u.test(text) ? text.toUpperCase() : unknown
  return regions.has(code) ? Region.make(code) : unknownRegion
}
