/** Holds a file that no database has been written to yet, as a process does that is turning its journal: `beginFile.ts PATH MILLIS`. */
import Sqlite from "better-sqlite3"

const [path, millis] = process.argv.slice(2)

const database = new Sqlite(path!)
database.exec("BEGIN IMMEDIATE")
process.stdout.write("locked\n")
setTimeout(() => {
  database.exec("COMMIT")
  database.close()
}, Number(millis))
