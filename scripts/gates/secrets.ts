/** Looks for secrets in what is about to be committed or released; ends with 1 when it finds one. */
import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { type Finding, linesThat, readTree, type SourceFile, sourceFile } from "../tidy/SourceFile.ts"

const shapes: ReadonlyArray<readonly [name: string, shape: RegExp]> = [
  ["a private key", /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
  ["a cloud access key", /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ["a GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60})/],
  ["an npm token", /\bnpm_[A-Za-z0-9]{36}\b|_authToken\s*=\s*[^\s$]/],
  ["a chat token", /\bxox[abprs]-[A-Za-z0-9-]{10}|\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b/],
  ["a payment key", /\b(?:sk|rk)_live_[A-Za-z0-9]{16}/],
  ["a token key", /^\s*(?:export )?PURSER_(?:TOKEN_KEYS|LOG_KEYS|INTERNAL_KEY|MONERO_RPC_PASSWORD)=["']?[^\s"'<$.]{16}/]
]

const secretFile = /(?:^|\/)(?:\.env(?:\.(?!example$)[^/]+)?|id_(?:rsa|ed25519|ecdsa)|[^/]+\.(?:pem|p12|pfx|key))$/

/** Answers what looks like a secret in the file: its name, or lines of it. The finding does not repeat the secret. */
export const secretsIn = (file: SourceFile): ReadonlyArray<Finding> => [
  ...secretFile.test(file.path) ? [{ path: file.path, line: 1, wanted: "no file of secrets" }] : [],
  ...shapes.flatMap(([name, shape]) => linesThat(file, shape, `no secret (this looks like ${name})`))
]

const git = (...words: ReadonlyArray<string>): string =>
  execFileSync("git", words, { encoding: "utf8", maxBuffer: 256 * 1024 * 1024 })

const staged = (): ReadonlyArray<SourceFile> =>
  git("diff", "--cached", "--name-only", "--diff-filter=ACMR", "-z").split("\0").filter((path) => path !== "")
    .map((path) => sourceFile(path, git("show", `:${path}`)))

if (import.meta.main) {
  const files = process.argv.includes("--staged") ? staged() : readTree(join(import.meta.dirname, "../.."))
  const found = files.flatMap(secretsIn)
  for (const { path, line, wanted } of found) process.stderr.write(`${path}:${line}: ${wanted}\n`)
  if (found.length > 0) process.exitCode = 1
}
