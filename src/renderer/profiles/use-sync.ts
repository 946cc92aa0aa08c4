import { useState } from 'react';
import type { CommandInput } from '../../shared/commands.ts';
import type { RoleRuleFact, SyncResult } from '../../shared/profile-commands.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { usePreview, type Preview } from './use-preview.ts';

type SyncInput = CommandInput<'syncProfiles'>;
type Wish = Omit<SyncInput, 'preview' | 'ssoSession' | 'roles'>;

/** The sync of one Identity Center as it is wished for, with what it would do. */
export interface SyncWish {
  readonly ssoSession: string;
  readonly choose: (ssoSession: string) => void;
  readonly wish: Wish;
  readonly change: (changes: Wish) => void;
  /** Whether the options of the last time have come: lists can be added to only then, or theirs would be lost. */
  readonly isKnown: boolean;
  readonly preview: Preview<SyncResult>;
  /** The command's input as it stands. */
  readonly input: CommandInput<'syncProfiles'>;
}

/** Begins with the options of the last time, which come with the first preview; what is changed since goes over them. */
export function useSync(first: string, leaveOut: RoleRuleFact | undefined, roles: SyncInput['roles']): SyncWish {
  const [ssoSession, choose] = useState(first);
  const [changes, setChanges] = useState<Wish>({});
  // What it was refused for may be mended while it is shown: a sign-in, or accounts that come in.
  const access = useAppState((state) => state.ssoSessions.find(({ id }) => id === ssoSession)?.access.kind);
  const listedAt = useAppState((state) => state.directories[ssoSession]?.refreshedAt);
  const basis = `${access} ${listedAt}`;
  const subject = { ssoSession, ...(roles === undefined ? {} : { roles }) };
  const plain = { ...subject, preview: true };
  const lastTime = usePreview('syncProfiles', plain, basis);
  // Right after another was chosen, the answer is about the one before.
  const options = lastTime.answered === JSON.stringify(plain) ? lastTime.value?.options : undefined;
  const leaving: Wish =
    leaveOut === undefined || options === undefined
      ? {}
      : { exclude: [...options.exclude, leaveOut], prune: 'left-out' };
  const wish = { ...leaving, ...changes };
  const input = { ...subject, ...wish };
  const isPlain = Object.keys(wish).length === 0;
  const changed = usePreview('syncProfiles', isPlain ? undefined : { ...input, preview: true }, basis);
  return {
    ssoSession,
    choose(next) {
      setChanges({});
      choose(next);
    },
    wish: { ...(options && asWish(options)), ...wish },
    isKnown: options !== undefined,
    change: (more) => setChanges({ ...changes, ...more }),
    preview: isPlain ? lastTime : changed,
    input,
  };
}

function asWish({ include, exclude, ...rest }: SyncResult['options']): Wish {
  return { ...rest, include: [...include], exclude: [...exclude] };
}
