/** Makes the tables of players, what they earn, and what they are paid. */
import type { Ddl, Migration } from "./Migration.ts"

const players = ({ code, counted, end, endChanging, integer, text }: Ddl): ReadonlyArray<string> => [
  `CREATE TABLE player (
    id ${text} PRIMARY KEY,
    discord_id ${text} UNIQUE,
    discord_name ${text} NOT NULL,
    epic_id ${text} UNIQUE,
    membership ${code} NOT NULL CHECK (membership BETWEEN 1 AND 3),
    link ${code} NOT NULL CHECK (link BETWEEN 1 AND 3),
    verified_at_millis ${integer},
    verified_by ${code} CHECK (verified_by BETWEEN 1 AND 4),
    stats ${code} NOT NULL CHECK (stats BETWEEN 1 AND 3),
    region ${text} NOT NULL,
    risk ${code} NOT NULL CHECK (risk BETWEEN 1 AND 4),
    last_gain_at_millis ${integer},
    next_read_at_millis ${integer} NOT NULL,
    next_verification_at_millis ${integer} NOT NULL,
    created_at_millis ${integer} NOT NULL,
    erased_at_millis ${integer},
    version ${integer} NOT NULL CHECK (version > 0),
    CHECK ((discord_id IS NULL) = (erased_at_millis IS NOT NULL)),
    CHECK (erased_at_millis IS NULL OR epic_id IS NULL)
  )${endChanging}`,
  `CREATE INDEX player_reading ON player (next_read_at_millis, id) WHERE epic_id IS NOT NULL`,
  `CREATE INDEX player_verification ON player (next_verification_at_millis, id) WHERE erased_at_millis IS NULL`,
  `CREATE INDEX player_risk ON player (risk, id)`,
  `CREATE TABLE verification (
    sequence ${counted},
    player_id ${text} NOT NULL REFERENCES player (id),
    at_millis ${integer} NOT NULL,
    source ${code} NOT NULL CHECK (source BETWEEN 1 AND 4),
    membership ${code} NOT NULL CHECK (membership BETWEEN 1 AND 3),
    link ${code} NOT NULL CHECK (link BETWEEN 1 AND 3),
    epic_id ${text},
    outcome ${code} NOT NULL CHECK (outcome BETWEEN 1 AND 3)
  )${end}`,
  `CREATE INDEX verification_player ON verification (player_id, at_millis, sequence)`,
  `CREATE INDEX verification_time ON verification (at_millis)`,
  `CREATE TABLE wallet_address (
    address ${text} PRIMARY KEY,
    player_id ${text} NOT NULL REFERENCES player (id)
  )${end}`,
  `CREATE INDEX wallet_address_player ON wallet_address (player_id)`,
  `CREATE TABLE wallet_link (
    player_id ${text} NOT NULL REFERENCES player (id),
    linked_at_millis ${integer} NOT NULL,
    effective_at_millis ${integer} NOT NULL,
    address ${text} NOT NULL REFERENCES wallet_address (address),
    PRIMARY KEY (player_id, linked_at_millis)
  )${end}`,
  `CREATE INDEX wallet_link_address ON wallet_link (address)`
]

/** `key` is SHA-256; `dry_run` rows live in books of their own. */
const payouts = ({ bytes, code, endChanging, hasLength, integer, text }: Ddl): ReadonlyArray<string> => [
  `CREATE TABLE payout (
    id ${text} PRIMARY KEY,
    payout_key ${bytes} NOT NULL UNIQUE CHECK (${hasLength("payout_key", 32)}),
    player_id ${text} NOT NULL,
    payee ${text} NOT NULL,
    asset ${text} NOT NULL,
    amount_minor ${integer} NOT NULL CHECK (amount_minor > 0),
    dry_run ${code} NOT NULL CHECK (dry_run IN (0, 1)),
    status ${code} NOT NULL CHECK (status BETWEEN 1 AND 7),
    queued_at_millis ${integer} NOT NULL,
    round ${integer} NOT NULL CHECK (round >= 0),
    block ${text},
    taken_at_millis ${integer},
    attempts ${integer} NOT NULL CHECK (attempts >= 0),
    first_attempt_at_millis ${integer},
    last_attempt_at_millis ${integer},
    next_attempt_at_millis ${integer},
    failure_reason ${text},
    CHECK (status NOT IN (2, 3, 4, 5) OR block IS NOT NULL)
  )${endChanging}`,
  `CREATE UNIQUE INDEX payout_block ON payout (block) WHERE block IS NOT NULL AND dry_run = 0`,
  `CREATE INDEX payout_player ON payout (player_id, queued_at_millis, id)`,
  `CREATE INDEX payout_queued ON payout (queued_at_millis, id)`,
  `CREATE INDEX payout_status ON payout (status, queued_at_millis, id)`,
  `CREATE INDEX payout_landing ON payout (queued_at_millis, id) WHERE status IN (2, 3, 4)`,
  `CREATE INDEX payout_amount ON payout (amount_minor, queued_at_millis, id)`,
  `CREATE INDEX payout_sums ON payout (dry_run, status, player_id, amount_minor)`,
  `CREATE TABLE operator_block (
    hash ${text} PRIMARY KEY,
    account ${text} NOT NULL,
    previous ${text} NOT NULL,
    height ${integer} NOT NULL CHECK (height > 0),
    kind ${code} NOT NULL CHECK (kind IN (1, 2)),
    amount_minor ${integer} NOT NULL CHECK (amount_minor >= 0),
    balance_raw ${text} NOT NULL,
    body ${text} NOT NULL,
    payout_id ${text} REFERENCES payout (id),
    source ${text},
    state ${code} NOT NULL CHECK (state BETWEEN 1 AND 4),
    stored_at_millis ${integer} NOT NULL,
    CHECK ((kind = 1) = (payout_id IS NOT NULL)),
    CHECK ((kind = 2) = (source IS NOT NULL))
  )${endChanging}`,
  // The heart of it: of two blocks in one place at most one may ever be published.
  `CREATE UNIQUE INDEX operator_block_place ON operator_block (account, previous) WHERE state <> 4`,
  `CREATE UNIQUE INDEX operator_block_payout ON operator_block (payout_id) WHERE payout_id IS NOT NULL AND state <> 4`,
  `CREATE UNIQUE INDEX operator_block_source ON operator_block (source) WHERE source IS NOT NULL AND state <> 4`,
  `CREATE INDEX operator_block_height ON operator_block (account, height)`,
  `CREATE INDEX operator_block_open ON operator_block (account, height) WHERE state IN (1, 2)`,
  `CREATE INDEX operator_block_time ON operator_block (account, stored_at_millis, amount_minor) WHERE kind = 1 AND state <> 4`
]

/** Of one minute the whole is the empty part; a row that a cap divides gives way to parts that are numbered. */
const earnings = ({ code, end, endChanging, endClustered, integer, text }: Ddl): ReadonlyArray<string> => [
  `CREATE TABLE epic_account (
    epic_id ${text} PRIMARY KEY,
    cursor_kills ${integer} CHECK (cursor_kills >= 0),
    high_water_kills ${integer} CHECK (high_water_kills >= 0)
  )${endChanging}`,
  `CREATE TABLE accrual (
    id ${text} PRIMARY KEY,
    player_id ${text} NOT NULL REFERENCES player (id),
    epic_id ${text} NOT NULL,
    epoch_minute ${integer} NOT NULL,
    part ${text} NOT NULL,
    kills ${integer} NOT NULL CHECK (kills > 0),
    rate_minor ${integer} NOT NULL CHECK (rate_minor >= 0),
    amount_minor ${integer} NOT NULL CHECK (amount_minor = kills * rate_minor),
    booked_at_millis ${integer} NOT NULL,
    dry_run ${code} NOT NULL CHECK (dry_run IN (0, 1)),
    payout_id ${text} REFERENCES payout (id),
    last_payout_id ${text},
    UNIQUE (player_id, epoch_minute, part),
    CHECK (payout_id IS NULL OR payout_id = last_payout_id)
  )${endChanging}`,
  `CREATE TABLE epic_earner (
    epic_id ${text} NOT NULL,
    player_id ${text} NOT NULL REFERENCES player (id),
    PRIMARY KEY (epic_id, player_id)
  )${endClustered}`,
  `CREATE INDEX accrual_open ON accrual (dry_run, player_id, booked_at_millis) WHERE payout_id IS NULL`,
  `CREATE INDEX accrual_payout ON accrual (last_payout_id) WHERE last_payout_id IS NOT NULL`,
  `CREATE INDEX accrual_sums ON accrual (dry_run, player_id, kills, amount_minor)`,
  `CREATE INDEX accrual_player ON accrual (player_id, booked_at_millis, id)`,
  `CREATE TABLE payout_config (
    version ${integer} PRIMARY KEY CHECK (version > 0),
    config ${text} NOT NULL
  )${end}`,
  `CREATE TABLE job_run (
    job ${text} PRIMARY KEY,
    started_at_millis ${integer},
    finished_at_millis ${integer},
    outcome ${code} CHECK (outcome IN (1, 2)),
    detail ${text} NOT NULL,
    asked_at_millis ${integer}
  )${endChanging}`
]

/** `evidence`, `reading` and `baseline` are JSON: what a person looks at, or one rule reads whole. */
const risk = ({ bytes, code, counted, end, endChanging, hasLength, integer, text }: Ddl): ReadonlyArray<string> => [
  `CREATE TABLE play_profile (
    player_id ${text} PRIMARY KEY REFERENCES player (id),
    reading ${text},
    baseline ${text} NOT NULL
  )${endChanging}`,
  `CREATE TABLE risk_signal (
    sequence ${counted},
    dedupe_key ${bytes} NOT NULL UNIQUE CHECK (${hasLength("dedupe_key", 32)}),
    player_id ${text} NOT NULL REFERENCES player (id),
    kind ${text} NOT NULL,
    signal ${text} NOT NULL,
    raised_at_millis ${integer} NOT NULL,
    verdict ${code} CHECK (verdict IN (1, 2))
  )${end}`,
  `CREATE INDEX risk_signal_player ON risk_signal (player_id, sequence)`,
  `CREATE INDEX risk_signal_open ON risk_signal (sequence) WHERE verdict IS NULL`,
  `CREATE INDEX risk_signal_time ON risk_signal (raised_at_millis)`,
  `CREATE TABLE risk_review (
    sequence ${counted},
    dedupe_key ${bytes} NOT NULL REFERENCES risk_signal (dedupe_key) ON DELETE CASCADE,
    verdict ${code} NOT NULL CHECK (verdict IN (1, 2)),
    note ${text} NOT NULL,
    actor ${text} NOT NULL,
    at_millis ${integer} NOT NULL
  )${end}`,
  `CREATE INDEX risk_review_key ON risk_review (dedupe_key, sequence)`
]

/** Codes: see the rows of each store. States of a payout: 1 queued … 7 simulated, as `PayoutStatus` lists them. */
export const rewards: Migration = {
  id: 8,
  name: "rewards",
  statements: (ddl) => [...players(ddl), ...payouts(ddl), ...earnings(ddl), ...risk(ddl)]
}
