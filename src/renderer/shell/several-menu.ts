import type { Failure } from '../../shared/reply.ts';
import { failureText } from '../i18n/text.ts';
import type { RoleEntry } from '../model/access-entry.ts';
import { displayText, isolated } from '../model/display-text.ts';
import { roleGroups } from '../model/role-groups.ts';
import { markItems } from './several-marks.ts';
import { partNote, type SeveralItem, type SeveralTools } from './several-tools.ts';
import type { Shell } from './shell.ts';

/** Everything that can be done with several roles in one go: each item with how many it is for, where it is not for all. */
export function severalMenu(tools: SeveralTools): readonly SeveralItem[] {
  return [...markItems(tools), ...profileItems(tools), ...liveItems(tools)];
}

/** Opens it as a menu. */
export function openSeveralMenu(shell: Shell, entries: readonly RoleEntry[], anchor: HTMLElement): void {
  const state = shell.state.get();
  if (state !== undefined) {
    const { t, format } = shell.text.get();
    const label = t.several.selected(entries.length, format.number(entries.length));
    const items = severalMenu({ shell, state, entries, anchor });
    shell.menus.open({ label, anchor, entries: [{ kind: 'heading', id: 'heading', label }, ...items] });
  }
}

/** For each Identity Center those roles for which there is no profile yet: one preview and one write each. */
function profileItems(tools: SeveralTools): readonly SeveralItem[] {
  const { shell, state, entries } = tools;
  const { t } = shell.text.get();
  const { aliases } = shell.access(state);
  const groups = roleGroups(entries.filter(({ key }) => !aliases.has(key)));
  const sessions = state.ssoSessions.filter(({ id, form }) => form === 'sso-session' && groups.some(isOf(id)));
  return sessions.map(({ id, name }): SeveralItem => {
    const roles = groups.filter(isOf(id)).map(({ roleName, accountIds }) => ({ roleName, accountIds }));
    const count = roles.reduce((sum, { accountIds }) => sum + accountIds.length, 0);
    return {
      kind: 'item',
      id: `profiles:${id}`,
      icon: 'profiles',
      label: sessions.length === 1 ? t.several.profiles : `${t.several.profiles} ${displayText(name)}`,
      ...partNote(tools, count),
      run: () => shell.dialogs.open({ kind: 'profiles', dialog: { kind: 'sync', ssoSession: id, roles } }),
    };
  });
}

function isOf(ssoSession: string): (group: { readonly ssoSession: string }) => boolean {
  return (group) => group.ssoSession === ssoSession;
}

/** For those of which credentials are held. */
function liveItems(tools: SeveralTools): readonly SeveralItem[] {
  const { shell, state, entries } = tools;
  const { t, format } = shell.text.get();
  const { live } = shell.access(state);
  const held = entries.filter(({ key }) => live.has(key));
  const note = partNote(tools, held.length);
  const disabled = held.some(({ key }) => shell.busy.keys.get().has(key));
  const forget = (): void =>
    shell.dialogs.open({
      kind: 'ask',
      title: t.menu.forget,
      text: t.several.forgetText(t.table.count(held.length, format.number(held.length))),
      confirm: t.menu.forget,
      danger: true,
      run: () => void oneByOne(shell, 'forgetCredentials', held),
    });
  const renew = (): void => void oneByOne(shell, 'renewCredentials', held);
  return held.length === 0
    ? []
    : [
        { kind: 'item', id: 'renew', icon: 'refresh', label: t.menu.renew, ...note, disabled, run: renew },
        { kind: 'item', id: 'forget', icon: 'trash', label: t.several.forget, ...note, disabled, run: forget },
      ];
}

/** So many of those that were not done are named. */
const NAMED = 3;

/** Does it for each in turn, then tells what was done and what was not. Who cancels one means the rest too. */
async function oneByOne(
  shell: Shell,
  command: 'renewCredentials' | 'forgetCredentials',
  entries: readonly RoleEntry[],
): Promise<void> {
  const { client, busy, toasts } = shell;
  const failed: { readonly entry: RoleEntry; readonly failure: Failure }[] = [];
  const left = new Set(entries.map(({ key }) => key));
  const waiting = new Set(left);
  busy.begin(waiting);
  for (const entry of entries) {
    const reply = await client.execute(command, { target: entry.target });
    if (!reply.ok) {
      failed.push({ entry, failure: reply.failure });
      if (reply.failure.code === 'cancelled') {
        break;
      }
    } else {
      left.delete(entry.key);
    }
    waiting.delete(entry.key);
    busy.end([entry.key]);
  }
  busy.end(waiting);
  const done = entries.length - left.size;
  toasts.add(left.size === 0 ? 'ok' : 'error', (text) => {
    const { t, format } = text;
    const label = command === 'forgetCredentials' ? t.menu.forget : t.menu.renew;
    const count = t.table.count(done, format.number(done));
    const whys = failed.slice(0, NAMED).map(({ entry, failure }) => {
      const { message } = failureText(text, failure);
      return `${isolated(entry.account.name.shown)}, ${isolated(entry.role.shown)}: ${message}`;
    });
    const message =
      left.size === 0 ? t.several.done(label, count) : t.several.partly(label, count, format.number(left.size));
    return { message, hint: whys.length === 0 ? undefined : whys.join(' ') };
  });
}
