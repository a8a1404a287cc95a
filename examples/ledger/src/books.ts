/** Chooses where the books are kept. */
import { layerPostgres, layerSqlite } from "@purser/storage/ledger"
import * as Redacted from "effect/Redacted"

/** On PostgreSQL where `DATABASE_URL` names a database, else in a file in the working folder. */
export const books = (url: string | undefined) =>
  url === undefined ? layerSqlite({ path: "shop.sqlite" }) : layerPostgres({ url: Redacted.make(url) })
