/** Does what the forms of players ask for, and goes on to the page that tells. */
import {
  deleteAccountForm,
  endSessionsForm,
  exportForm,
  reverifyForm,
  signOutForm,
  walletForm
} from "@purser/contract/faucet/pages"
import { type AddressRefusal, paths, renderAccount, renderWallet } from "@purser/web"
import * as Effect from "effect/Effect"
import { asFile, copyOf, eraseAll } from "../../handlers/faucet/player.ts"
import { refusing, replied } from "../../handlers/faucet/refusals.ts"
import { endOthers } from "../../handlers/faucet/sessions.ts"
import { type Implementation, implementForPlayer, type PlayerCall } from "../../server/Implementation.ts"
import { answered } from "../../server/Reply.ts"
import { storageFailure } from "../../sessions/guards.ts"
import { followedBy, frameOf, html, type PageHouse } from "../PageHouse.ts"
import { accountView, walletView } from "./playerPages.ts"

const refusals: ReadonlySet<string> = new Set<AddressRefusal>([
  "Missing",
  "Prefix",
  "Length",
  "Case",
  "Letter",
  "Key",
  "Checksum"
])

/** The rail's word for what is wrong, where pages have words for it. */
const isWorded = (why: string): why is AddressRefusal => refusals.has(why)

const walletAgain = Effect.fnUntraced(function*(
  house: PageHouse,
  call: PlayerCall,
  wrong: { readonly entered: string; readonly refusal: AddressRefusal }
) {
  const view = walletView(house, yield* house.players.status(call.signedIn.userId), wrong)
  const page = yield* frameOf(house, call, { path: paths.wallet })
  return html(renderWallet(view, page), 400)
})

/** Says what is wrong about an address on its own page; anything else is a refusal like any other. */
const linkWallet = (house: PageHouse) =>
  implementForPlayer(walletForm, ({ payload: { banano_address: entered = "" } }, call) => {
    if (entered.trim() === "") return refusing(walletAgain(house, call, { entered: "", refusal: "Missing" }))
    return house.players.linkWallet(call.signedIn.userId, entered.trim()).pipe(
      Effect.map(({ pendingWallet }) =>
        followedBy(paths.wallet, pendingWallet === null ? "WalletLinked" : "WalletChanges")
      ),
      Effect.catchTag(
        "AddressMalformed",
        ({ why }) => walletAgain(house, call, { entered, refusal: isWorded(why) ? why : "Letter" })
      ),
      Effect.catchTag("WalletRefused", ({ why }) => walletAgain(house, call, { entered, refusal: why })),
      refusing
    )
  })

const deleteAccount = (house: PageHouse) =>
  implementForPlayer(deleteAccountForm, ({ payload: { confirm } }, call) =>
    confirm === "yes"
      ? replied(eraseAll(house)(call), (cookies) => followedBy(paths.home, "AccountDeleted", cookies))
      : refusing(Effect.gen(function*() {
        const view = yield* accountView(house, call, true)
        return html(renderAccount(view, yield* frameOf(house, call, { path: paths.account })), 400)
      })))

/** `POST /auth/sign-out` and `/app/…`. */
export const playerForms = (house: PageHouse): ReadonlyArray<Implementation> => {
  const { identity, players } = house
  return [
    implementForPlayer(signOutForm, (_input, { cookieHeader }) =>
      Effect.mapBoth(identity.logout(cookieHeader), {
        onSuccess: (cookies) => followedBy(paths.home, "SignedOut", cookies),
        onFailure: storageFailure
      })),
    implementForPlayer(
      reverifyForm,
      (_input, { signedIn }) =>
        replied(players.verify(signedIn.userId, "player"), () => followedBy(paths.dashboard, "VerificationAsked"))
    ),
    implementForPlayer(
      exportForm,
      (_input, { signedIn }) =>
        replied(players.export(signedIn.userId), (copy) => ({ ...answered(200, copyOf(copy)), headers: asFile }))
    ),
    implementForPlayer(
      endSessionsForm,
      (_input, { signedIn }) => Effect.as(endOthers(identity, signedIn), followedBy(paths.account, "SessionsEnded"))
    ),
    linkWallet(house),
    deleteAccount(house)
  ]
}
