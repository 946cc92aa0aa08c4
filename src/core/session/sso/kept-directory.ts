import * as v from 'valibot';
import type { AccountState } from '../../../shared/app-state.ts';
import { isAccountId } from '../../model/arn.ts';
import type { TokenMark } from './authorizations.ts';
import type { SsoSession } from './sso-session.ts';

/** One account with the moment its roles were last confirmed, in epoch milliseconds by this machine's clock; 0 for never. */
export interface KeptAccount {
  readonly account: AccountState;
  readonly checkedAtMs: number;
}

/** The accounts and roles of one Identity Center as last known. */
export interface KeptDirectory {
  /** Which portal this was read from: another one under the same name has none of it. */
  readonly startUrl: string;
  readonly accounts: ReadonlyMap<string, KeptAccount>;
  /** When the last refresh ended that asked for every account. Those that AWS refused are stale, and all it had. */
  readonly refreshedAt: Date | undefined;
  /** When the refresh began that has not ended yet: it goes on from there after a crash. */
  readonly unfinishedSince: Date | undefined;
  /** The sign-in by which `refreshedAt` came about, and that of what is unfinished; undefined where that is not known. */
  readonly signIn?: TokenMark | undefined;
  readonly unfinishedSignIn?: TokenMark | undefined;
}

/** A row of the file: short, as there may be thousands. */
const RowSchema = v.object({
  id: v.custom<string>(isAccountId),
  name: v.string(),
  email: v.string(),
  roles: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[\w+=,.@-]{1,64}$/))), v.readonly()),
  checkedAtMs: v.number(),
  stale: v.boolean(),
});
const isoDate = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text))),
);

/** The file's form. A row that is not as it should be is left out; the next refresh brings it back. */
export const KeptDirectorySchema = v.object({
  startUrl: v.string(),
  refreshedAt: v.optional(isoDate),
  unfinishedSince: v.optional(isoDate),
  signIn: v.optional(v.string()),
  unfinishedSignIn: v.optional(v.string()),
  accounts: v.array(v.fallback(v.nullable(RowSchema), null)),
});

export type DirectoryFileContent = v.InferOutput<typeof KeptDirectorySchema>;

/** What is known before anything is read. */
export function emptyDirectory(session: Pick<SsoSession, 'startUrl'>): KeptDirectory {
  return { startUrl: session.startUrl, accounts: new Map(), refreshedAt: undefined, unfinishedSince: undefined };
}

/** The directory in a file's content; empty where it is of another portal. */
export function fromFile(content: DirectoryFileContent, session: Pick<SsoSession, 'startUrl'>): KeptDirectory {
  if (content.startUrl !== session.startUrl) {
    return emptyDirectory(session);
  }
  const rows = content.accounts.filter((row) => row !== null);
  const accounts = new Map(
    rows.map(({ id, name, email, roles, stale, checkedAtMs }) => [
      id,
      { account: { accountId: id, name, email, roles, stale }, checkedAtMs },
    ]),
  );
  return {
    startUrl: content.startUrl,
    accounts,
    refreshedAt: content.refreshedAt === undefined ? undefined : new Date(content.refreshedAt),
    unfinishedSince: content.unfinishedSince === undefined ? undefined : new Date(content.unfinishedSince),
    signIn: content.signIn,
    unfinishedSignIn: content.unfinishedSignIn,
  };
}

/** What stands in the file. */
export function toFile(directory: KeptDirectory): DirectoryFileContent {
  const accounts = Array.from(directory.accounts.values(), ({ account, checkedAtMs }) => {
    const { accountId, name, email, roles, stale } = account;
    return { id: accountId, name, email, roles, stale, checkedAtMs };
  });
  return {
    startUrl: directory.startUrl,
    refreshedAt: directory.refreshedAt?.toISOString(),
    unfinishedSince: directory.unfinishedSince?.toISOString(),
    signIn: directory.signIn,
    unfinishedSignIn: directory.unfinishedSignIn,
    accounts,
  };
}
