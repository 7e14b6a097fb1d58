/** Accounts: provider + origins + key fingerprint. Every job talks to the account it was born with, and to that one only. */
import { createHash, randomUUID } from 'node:crypto';
import type { AccountStatus } from '../../shared/contract/app.ts';
import { RestageError } from '../../shared/errors.ts';
import { createEvolinkClient } from '../evolink/client.ts';
import { EvolinkError } from '../evolink/errors.ts';
import type { Line } from '../network/line.ts';
import type {
  ApiKeyStore,
  Clock,
  Credits,
  EvolinkClient,
  Logger,
  RequestDeadlines,
  SandboxLauncher,
} from '../services.ts';
import type { Database, Row } from '../storage/sqlite.ts';
import { isKeyForm, malformedKey } from './keyForm.ts';

export type Provider = 'sandbox' | 'evolink';

export interface Account {
  id: string;
  provider: Provider;
  apiOrigin: string;
  filesOrigin: string;
  keyFingerprint: string | null;
  /** Seen to replay an idempotency key (contract section 4). */
  honoursKeys: boolean;
}

export interface AccountClient extends EvolinkClient {
  /** Origins of this moment: the sandbox's port may move, URLs on disk are relative to these. */
  apiOrigin: string;
  filesOrigin: string;
}

export interface Accounts {
  /** The account that a new order of this provider belongs to. Throws apiKey when EvoLink has no key. */
  forNewOrder(provider: Provider): Promise<Account>;
  get(id: string): Account;
  /** Throws RestageError apiKey when the key in hand is not this account's. */
  client(id: string): Promise<AccountClient>;
  markHonoursKeys(id: string): void;
  setKey(key: string, options: { isSameAccount?: boolean; allowFile: boolean }): Promise<void>;
  clearKey(): void;
  status(provider: Provider): AccountStatus;
  /** One free credits call; what it says goes into the record. Never throws for network or key: the status says it. */
  refresh(provider: Provider): Promise<AccountStatus>;
}

export interface AccountsOptions {
  db: Database;
  keys: ApiKeyStore;
  sandbox: SandboxLauncher;
  origins: { api: string; files: string };
  clock: Clock;
  logger: Logger;
  deadlines?: Partial<RequestDeadlines> | undefined;
  line: Line;
}

const SANDBOX_ID = 'sandbox';

export function fingerprintOf(key: string): string {
  return createHash('sha256').update(`restage:${key}`).digest('hex').slice(0, 16);
}

export function createAccounts({
  db,
  keys,
  sandbox,
  origins,
  clock,
  logger,
  deadlines,
  line,
}: AccountsOptions): Accounts {
  const nowText = () => new Date(clock.now()).toISOString();
  const connections = new Map<string, AccountStatus['connection']>();
  const clients = new Map<string, AccountClient>();
  db.run(
    `INSERT OR IGNORE INTO accounts (id, provider, api_origin, files_origin, key_fingerprint, honours_keys, created_at)
     VALUES (?, 'sandbox', '', '', NULL, 1, ?)`,
    SANDBOX_ID,
    nowText(),
  );

  const find = (id: string): Account | null => {
    const row = db.get('SELECT * FROM accounts WHERE id = ?', id);
    return row ? toAccount(row) : null;
  };
  const get = (id: string): Account => {
    const account = find(id);
    if (!account) throw new RestageError('notFound', { detail: `account ${id}` });
    return account;
  };
  const byFingerprint = (fingerprint: string): Account | null => {
    const row = db.get(
      `SELECT * FROM accounts WHERE provider = 'evolink' AND key_fingerprint = ? AND api_origin = ? AND files_origin = ?`,
      fingerprint,
      origins.api,
      origins.files,
    );
    return row ? toAccount(row) : null;
  };
  const addAccount = (fingerprint: string): Account => {
    const id = `evolink-${randomUUID().slice(0, 8)}`;
    db.run(
      `INSERT INTO accounts (id, provider, api_origin, files_origin, key_fingerprint, created_at) VALUES (?, 'evolink', ?, ?, ?, ?)`,
      id,
      origins.api,
      origins.files,
      fingerprint,
      nowText(),
    );
    return get(id);
  };
  /** The account of the key in hand; made when it is seen for the first time (a key from the environment). */
  const currentEvolink = (): Account | null => {
    const key = keys.read();
    if (key === null || !isKeyForm(key)) return null;
    const fingerprint = fingerprintOf(key);
    return byFingerprint(fingerprint) ?? addAccount(fingerprint);
  };
  /** The account of the key that was removed last: a new key may be the same account's. */
  const latestEvolink = (): Account | null => {
    const row = db.get(
      `SELECT * FROM accounts WHERE provider = 'evolink' AND api_origin = ? AND files_origin = ? ORDER BY created_at DESC LIMIT 1`,
      origins.api,
      origins.files,
    );
    return row ? toAccount(row) : null;
  };
  /** A key that is in the keychain and was not asked for yet is, as far as can be told, the one that was used last. */
  const lockedEvolink = (): Account | null => {
    const { isPresent, hint } = keys.status();
    return isPresent && hint === null ? latestEvolink() : null;
  };
  /** Its key was never accepted and nothing hangs on it: a mistyped key, say. */
  const isUnused = ({ id }: Account): boolean =>
    db.get(
      `SELECT 1 FROM accounts WHERE id = ? AND checked_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM jobs WHERE account_id = accounts.id)
         AND NOT EXISTS (SELECT 1 FROM uploads WHERE account_id = accounts.id)
         AND NOT EXISTS (SELECT 1 FROM elements WHERE account_id = accounts.id)`,
      id,
    ) !== undefined;
  const noKey = () => {
    const key = keys.read();
    if (key !== null) return malformedKey('apiKey', key);
    return new RestageError('apiKey', { reasons: [{ field: 'apiKey', rule: 'apiKey.missing' }] });
  };

  async function client(id: string): Promise<AccountClient> {
    const account = get(id);
    if (account.provider === 'sandbox') {
      const place = await sandbox.ensure();
      return makeClient(id, place.apiOrigin, place.filesOrigin, place.key);
    }
    await keys.unlock();
    const key = keys.read();
    if (key === null || !isKeyForm(key)) throw noKey();
    if (fingerprintOf(key) !== account.keyFingerprint) {
      throw new RestageError('apiKey', { reasons: [{ field: 'apiKey', rule: 'apiKey.otherAccount' }] });
    }
    return makeClient(id, account.apiOrigin, account.filesOrigin, key);
  }

  function makeClient(id: string, apiOrigin: string, filesOrigin: string, key: string): AccountClient {
    const name = [id, apiOrigin, filesOrigin, fingerprintOf(key)].join(' ');
    const known = clients.get(name);
    if (known) return known;
    const limits = deadlines ? { deadlines } : {};
    const client = createEvolinkClient({ apiOrigin, filesOrigin, key, clock, logger, line, ...limits });
    const made = { ...client, apiOrigin, filesOrigin };
    clients.set(name, made);
    return made;
  }

  function status(provider: Provider): AccountStatus {
    const account = provider === 'sandbox' ? find(SANDBOX_ID) : (currentEvolink() ?? lockedEvolink());
    const row = account
      ? db.get('SELECT remaining_credits, checked_at FROM accounts WHERE id = ?', account.id)
      : undefined;
    return {
      accountId: account?.id ?? '',
      provider,
      isSandbox: provider === 'sandbox',
      connection: account ? (connections.get(account.id) ?? 'unknown') : keys.read() === null ? 'noKey' : 'keyRefused',
      remainingCredits: row?.remaining_credits == null ? null : String(row.remaining_credits),
      checkedAt: row?.checked_at == null ? null : String(row.checked_at),
      key: keys.status(),
    };
  }

  async function refresh(provider: Provider): Promise<AccountStatus> {
    if (provider === 'evolink') await keys.unlock();
    const account = provider === 'sandbox' ? get(SANDBOX_ID) : currentEvolink();
    if (!account) return status(provider);
    let credits: Credits;
    try {
      credits = await (await client(account.id)).credits();
      connections.set(account.id, 'ok');
    } catch (error) {
      connections.set(account.id, connectionOf(error, connections.get(account.id) ?? 'unknown'));
      logger.warn('account.refresh', { account: account.id, error: String(error) });
      return status(provider);
    }
    try {
      db.run(
        'UPDATE accounts SET remaining_credits = ?, checked_at = ? WHERE id = ?',
        credits.remaining,
        nowText(),
        account.id,
      );
    } catch (error) {
      // The line and the key are fine all the same; the balance is the one of before.
      logger.warn('account.refresh', { account: account.id, error: String(error) });
    }
    return status(provider);
  }

  return {
    get,
    client,
    status,
    refresh,
    async forNewOrder(provider) {
      if (provider === 'evolink') await keys.unlock();
      const account = provider === 'sandbox' ? get(SANDBOX_ID) : currentEvolink();
      if (!account) throw noKey();
      return account;
    },
    markHonoursKeys: (id) => void db.run('UPDATE accounts SET honours_keys = 1 WHERE id = ?', id),
    async setKey(key, options) {
      if (!isKeyForm(key)) throw malformedKey('refused', key);
      await keys.unlock();
      const before = currentEvolink() ?? latestEvolink();
      const fingerprint = fingerprintOf(key);
      if (before && before.keyFingerprint !== fingerprint && !byFingerprint(fingerprint)) {
        const isSame = options.isSameAccount ?? (isUnused(before) || undefined);
        if (isSame === undefined) {
          throw new RestageError('needsConsent', { reasons: [{ field: 'apiKey', rule: 'apiKey.sameAccount' }] });
        }
        await keys.store(key, { allowFile: options.allowFile });
        if (isSame) db.run('UPDATE accounts SET key_fingerprint = ? WHERE id = ?', fingerprint, before.id);
      } else await keys.store(key, { allowFile: options.allowFile });
      currentEvolink();
    },
    clearKey: () => keys.clear(),
  };
}

/** `before`: what is still true when an answer says nothing of the line and the key. */
function connectionOf(error: unknown, before: AccountStatus['connection']): AccountStatus['connection'] {
  if (error instanceof RestageError && error.code === 'apiKey') return 'noKey';
  if (!(error instanceof EvolinkError)) return 'offline';
  switch (error.failure.cause) {
    case 'auth':
    case 'forbidden':
      return 'keyRefused';
    case 'network':
    case 'timeout':
    case 'cancelled':
      return 'offline';
    case 'rateLimit':
      return before;
    // The key was taken; that its credits are used up is said where something is ordered.
    case 'credits':
      return 'ok';
    default:
      return 'trouble';
  }
}

function toAccount(row: Row): Account {
  return {
    id: String(row.id),
    provider: row.provider === 'evolink' ? 'evolink' : 'sandbox',
    apiOrigin: String(row.api_origin),
    filesOrigin: String(row.files_origin),
    keyFingerprint: row.key_fingerprint == null ? null : String(row.key_fingerprint),
    honoursKeys: row.honours_keys === 1,
  };
}
