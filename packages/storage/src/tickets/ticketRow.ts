/** Maps tickets to rows and back. */
import { Claim, Commitment, Id8, Revocation, Ticket, TokenFormat, TokenHash } from "@purser/domain/tickets"
import { bytesOf, hexOf } from "../hex.ts"

/** What a claim puts into a row. Hashes and ids are bytes. */
interface ClaimColumns {
  readonly commitment: Uint8Array
  readonly token_hash: Uint8Array
  readonly token_format: bigint
  readonly key_id: string | null
  readonly transaction_id: Uint8Array
  readonly claimed_at_millis: bigint
}

/** What a revocation puts into a row. */
interface RevocationColumns {
  readonly revoke_reason: string | null
  readonly abuse_score: bigint
  readonly revoked_at_millis: bigint
}

type OrNull<Columns> = { readonly [Column in keyof Columns]: Columns[Column] | null }

/** A row of `ticket`. */
export interface TicketRow extends OrNull<ClaimColumns>, OrNull<RevocationColumns> {
  readonly id8: Uint8Array
  readonly state: bigint
  readonly credited_minor: bigint
  readonly claimed_minor: bigint
  readonly first_seen_at_millis: bigint
}

/** Numbers of states: a ticket is revoked only after it was claimed. */
export const ticketState = { unclaimed: 1n, claimed: 2n, revoked: 3n } as const

/** The columns of a claim. */
export const claimColumns = (claim: Claim): ClaimColumns => ({
  commitment: bytesOf(claim.commitment),
  token_hash: bytesOf(claim.tokenHash),
  token_format: BigInt(claim.format),
  key_id: claim.keyId,
  transaction_id: bytesOf(claim.transactionId),
  claimed_at_millis: BigInt(claim.claimedAtMillis)
})

/** The columns of a revocation. */
export const revocationColumns = (revocation: Revocation): RevocationColumns => ({
  revoke_reason: revocation.reason,
  abuse_score: BigInt(revocation.abuseScore),
  revoked_at_millis: BigInt(revocation.revokedAtMillis)
})

const claimOf = (row: TicketRow & ClaimColumns): Claim =>
  new Claim({
    commitment: Commitment.make(hexOf(row.commitment)),
    tokenHash: TokenHash.make(hexOf(row.token_hash)),
    format: TokenFormat.make(Number(row.token_format) as TokenFormat),
    keyId: row.key_id,
    transactionId: hexOf(row.transaction_id),
    claimedAtMillis: Number(row.claimed_at_millis)
  })

const revocationOf = (row: TicketRow & RevocationColumns): Revocation =>
  new Revocation({
    reason: row.revoke_reason,
    abuseScore: Number(row.abuse_score),
    revokedAtMillis: Number(row.revoked_at_millis)
  })

/** The table has the columns of a claim and of a revocation all or not at all. */
const isClaimed = (row: TicketRow): row is TicketRow & ClaimColumns => row.commitment !== null
const isRevoked = (row: TicketRow): row is TicketRow & RevocationColumns => row.revoked_at_millis !== null

/** The ticket of a row. Throws where the row fits no ticket. */
export const ticketOf = (row: TicketRow): Ticket =>
  new Ticket({
    id8: Id8.make(hexOf(row.id8)),
    creditedMinor: row.credited_minor,
    claimedMinor: row.claimed_minor,
    claim: isClaimed(row) ? claimOf(row) : null,
    revocation: isRevoked(row) ? revocationOf(row) : null,
    firstSeenAtMillis: Number(row.first_seen_at_millis)
  })
