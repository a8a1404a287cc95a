/** Asks for a login by HTTP Digest, as Monero's servers do: a nonce belongs to a connection, its uses are counted. */
import * as Redacted from "effect/Redacted"
import { randomBytes } from "node:crypto"
import type { Asked, Said } from "../../../loopback/Answer.ts"
import { digestResponse, parseDigest } from "../../rpc/digest.ts"

/** Who may ask. */
export interface Login {
  readonly user: string
  readonly password: Redacted.Redacted<string>
}

interface Nonce {
  readonly value: string
  readonly uses: number
}

const realm = "monero-rpc"
const page = "<html><head><title>Unauthorized Access</title></head><body><h1>401 Unauthorized</h1></body></html>"

const challengeOf = (nonce: string, isStale: boolean): Said => ({
  _tag: "Said",
  status: 401,
  contentType: "text/html",
  body: page,
  headers: {
    "www-authenticate": ["MD5", "MD5-sess"].map((algorithm) =>
      `Digest qop="auth",algorithm=${algorithm},realm="${realm}",nonce="${nonce}",stale=${isStale}`
    )
  }
})

/** Knows the nonces of the connections that are open. */
export class Doorkeeper {
  readonly #login: Login
  readonly #nonces = new WeakMap<object, Nonce>()

  constructor(login: Login) {
    this.#login = login
  }

  /** The challenge that a request is answered with; undefined when it may pass. */
  stop(asked: Asked): Said | undefined {
    const given = parseDigest(asked.authorization ?? "")
    const isProven = this.#isProven(asked, given)
    if (isProven && this.#use(asked.connection, given)) return undefined
    const value = randomBytes(16).toString("base64")
    this.#nonces.set(asked.connection, { value, uses: 0 })
    return challengeOf(value, isProven)
  }

  /** Whether it knows user and password. The path that it names may be any: Monero does not hold it against the request's. */
  #isProven({ method }: Asked, given: Readonly<Record<string, string>>): boolean {
    const { cnonce = "", nc = "", nonce = "", response, uri: path = "" } = given
    const { password, user } = this.#login
    const request = { user, password: Redacted.value(password), method, path }
    return response === digestResponse(request, { realm, nonce }, { cnonce, nc })
  }

  /** Whether the nonce is this connection's and its uses are counted right. The first count may be any, as in Monero. */
  #use(connection: object, { nc = "", nonce }: Readonly<Record<string, string>>): boolean {
    const known = this.#nonces.get(connection)
    if (known === undefined || known.value !== nonce) return false
    const uses = known.uses + 1
    if (uses > 1 && Number.parseInt(nc, 16) !== uses) return false
    this.#nonces.set(connection, { value: nonce, uses })
    return true
  }
}
