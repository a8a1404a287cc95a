/** Shows what everybody may see: the first page, help, and the files that pages ask for. */
import { assetEndpoint, helpPage, helpTopicPage, homePage } from "@purser/contract/faucet/pages"
import {
  assets,
  helpPath,
  type HelpTopic,
  helpTopics,
  paths,
  renderHelp,
  renderHelpTopic,
  renderHome
} from "@purser/web"
import * as Effect from "effect/Effect"
import { implement, type Implementation, implementForVisitor } from "../server/Implementation.ts"
import { answered, refused } from "../server/Reply.ts"
import { banText, type PageHouse, settlementMinutes, shown } from "./PageHouse.ts"

const isTopic = (text: string): text is HelpTopic => helpTopics.some((topic) => topic === text)

/** `GET /`, `/help`, `/help/:topic` and `/assets/:name`. */
export const openPages = (house: PageHouse): ReadonlyArray<Implementation> => [
  implement(assetEndpoint, ({ params }) => {
    const asset = assets.get(`/assets/${params.name}`)
    return Effect.succeed(
      asset === undefined ? refused("not_found") : { ...answered(200, asset.body), mediaType: asset.type }
    )
  }),
  implementForVisitor(
    homePage,
    ({ query: { notice } }, call) =>
      Effect.flatMap(house.admin.config, ({ config: { caps, rateMinor } }) =>
        shown(house, call, {
          path: paths.home,
          notice,
          render: (page) =>
            renderHome({ rate: banText(rateMinor), caps, settlementMinutes: settlementMinutes(house) }, page)
        }))
  ),
  implementForVisitor(helpPage, (_input, call) => shown(house, call, { path: paths.help, render: renderHelp })),
  implementForVisitor(helpTopicPage, ({ params: { topic } }, call) =>
    isTopic(topic)
      ? shown(house, call, { path: helpPath(topic), render: (page) => renderHelpTopic(topic, page) })
      : Effect.succeed(refused("not_found")))
]
