/** Says where players sign in, and how to earn and be paid where money is play money. */
import type { Settings } from "@purser/runtime/settings"

type Mode = Settings["rewards"]["mode"]

const modes: Readonly<Record<Exclude<Mode, "off">, string>> = {
  sandbox: "SANDBOXED, nobody is real",
  dry_run: "DRY RUN, nothing is broadcast",
  live: "LIVE, pays real BAN"
}

/** The line on the program, if there is one. `url` is where browsers reach the public door. */
export const rewardsPlaces = (
  { rewards: { mode } }: Settings,
  url: string
): ReadonlyArray<readonly [string, string]> => mode === "off" ? [] : [["Rewards", `${url}/app (${modes[mode]})`]]

/** Ada of the sandbox, and an address whose seed is 64 zeros: everybody can have what is paid there. */
const ada = "419799502946304131"
const anybodysAddress = "ban_3i1aq1cchnmbn9x5rsbap8b15akfh7wj7pwskuzi7ahz8oq6cobd99d4r3b7"

/** The steps to type, after those that a browser takes. */
const steps = [
  `npx purser rewards run accrual            # what she has killed so far earns nothing`,
  `npx purser sandbox kills ada 12`,
  `npx purser rewards reverify ${ada}`,
  `npx purser rewards run accrual`,
  `npx purser rewards run settlement`,
  `npx purser payouts list`
]

/** How to try it; nothing where it is real, or off. */
export const tryRewards = ({ rewards: { mode } }: Settings, url: string): ReadonlyArray<string> =>
  mode !== "sandbox" ? [] : [
    "",
    "Discord, Yunite, Fortnite and Banano are SANDBOXED: players are made up, their BAN are worth nothing.",
    "",
    "Earn and be paid:",
    `  Sign in as Ada at ${url}/app, and give her a Banano address, such as`,
    `  ${anybodysAddress}`,
    ...steps.map((line) => `  ${line}`)
  ]
