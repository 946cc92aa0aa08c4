import { MARK_COLOURS, type AppState, type MarkColour } from '../../shared/app-state.ts';
import type { CommandInput } from '../../shared/commands.ts';
import type { Failure } from '../../shared/reply.ts';
import { failureText, type Text } from '../i18n/text.ts';
import type { RoleEntry } from '../model/access-entry.ts';
import { displayText, isolated } from '../model/display-text.ts';
import { parseTags } from '../model/parse-tags.ts';
import { markedAccounts, markedRoles, roleGroups } from '../model/role-groups.ts';
import type { MenuEntry } from '../state/menu.ts';
import type { Shell } from './shell.ts';

type MenuItem = Extract<MenuEntry, { readonly kind: 'item' }>;
type Changes = CommandInput<'setManyMarks'>['changes'];
type Flag = 'pinned' | 'hidden' | 'guarded';
/** Words of a toast, in the language in which it is read. */
type Say = (text: Text) => string;

/** What the menu of several roles is made of. */
interface SeveralTools {
  readonly shell: Shell;
  readonly state: AppState;
  readonly entries: readonly RoleEntry[];
  /** Where a menu that one of its items opens belongs. */
  readonly anchor: HTMLElement;
}

/** Everything that can be done with several roles in one go: each item with how many it is for, where it is not for all. */
export function severalMenu(tools: SeveralTools): readonly MenuItem[] {
  const { t } = tools.shell.text.get();
  const item = (
    id: string,
    icon: MenuItem['icon'],
    label: string,
    extra: Pick<MenuItem, 'run' | 'note'>,
  ): MenuItem => ({
    kind: 'item',
    id,
    icon: icon ?? 'more',
    label,
    ...extra,
  });
  return [
    ...flagItems(
      tools,
      'pinned',
      'star',
      ({ menu }) => menu.pin,
      ({ menu }) => menu.unpin,
    ),
    ...flagItems(
      tools,
      'hidden',
      'hide',
      ({ menu }) => menu.hide,
      ({ menu }) => menu.unhide,
    ),
    ...flagItems(
      tools,
      'guarded',
      'shield',
      ({ several }) => several.guard,
      ({ several }) => several.unguard,
    ),
    item('colour', 'edit', t.several.colour, { run: () => openColours(tools) }),
    item('tags', 'edit', t.several.tags, { run: () => openTags(tools) }),
    ...profileItems(tools),
    ...liveItems(tools),
  ];
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

/** Pins all of these roles; where all are pinned, takes the pins off. */
export function togglePins(shell: Shell, entries: readonly RoleEntry[]): void {
  const state = shell.state.get();
  const items = state && severalMenu({ shell, state, entries, anchor: document.body });
  items?.find(({ id }) => id.startsWith('pinned'))?.run();
}

function partNote({ shell, entries }: SeveralTools, count: number): Pick<MenuItem, 'note'> {
  return count === entries.length ? {} : { note: shell.text.get().format.number(count) };
}

/** One item for those without the mark and one for those with it, so that nobody has to know beforehand how many have it. */
function flagItems(
  tools: SeveralTools,
  flag: Flag,
  icon: MenuItem['icon'],
  on: (t: Text['t']) => string,
  off: (t: Text['t']) => string,
): readonly MenuItem[] {
  const { shell, state, entries } = tools;
  return [true, false].flatMap((value): readonly MenuItem[] => {
    const concerned = entries.filter(({ key }) => (state.marks[key]?.[flag] === true) !== value);
    const change = (to: boolean): Changes => [{ of: markedRoles(concerned), marks: { [flag]: to } }];
    const label = value ? on : off;
    const say: Say = ({ t, format }) =>
      t.several.done(label(t), t.table.count(concerned.length, format.number(concerned.length)));
    const run = (): void => markMany(shell, say, change(value), change(!value));
    return concerned.length === 0
      ? []
      : [
          {
            kind: 'item',
            id: `${flag}-${value}`,
            icon: icon ?? 'more',
            label: label(shell.text.get().t),
            ...partNote(tools, concerned.length),
            run,
          },
        ];
  });
}

/** Marks them, and offers to take it back. */
function markMany({ actions, toasts }: Shell, say: Say, changes: Changes, undo: Changes): void {
  const mark = async (): Promise<void> => {
    if ((await actions.run('setManyMarks', { changes })) !== undefined) {
      const action = {
        label: ({ t }: Text) => t.common.undo,
        run: () => void actions.run('setManyMarks', { changes: undo }),
      };
      toasts.add('ok', (text) => ({ message: say(text) }), action);
    }
  };
  void mark();
}

/** One role of each account, for what is said of accounts. */
function accountsOf(entries: readonly RoleEntry[]): readonly RoleEntry[] {
  return [...new Map(entries.map((entry) => [entry.account.key, entry])).values()];
}

function markAccounts({ shell }: SeveralTools, label: Say, count: number, changes: Changes, undo: Changes): void {
  const say: Say = (text) =>
    text.t.several.done(label(text), text.t.several.accounts(count, text.format.number(count)));
  markMany(shell, say, changes, undo);
}

function openColours(tools: SeveralTools): void {
  const { shell, state, entries } = tools;
  const { t } = shell.text.get();
  const accounts = accountsOf(entries);
  const colourOf = ({ account }: RoleEntry): MarkColour | null => state.marks[account.key]?.colour ?? null;
  const items = [null, ...MARK_COLOURS].map((colour): MenuEntry => {
    const named: Say = (text) => text.t.marks.colours[colour ?? 'none'];
    const label = named(shell.text.get());
    const concerned = accounts.filter((entry) => colourOf(entry) !== colour);
    const before = [...new Set(concerned.map(colourOf))].map((was) => ({
      of: markedAccounts(concerned.filter((entry) => colourOf(entry) === was)),
      marks: { colour: was },
    }));
    const change = [{ of: markedAccounts(concerned), marks: { colour } }];
    return {
      kind: 'item',
      id: label,
      label,
      dot: colour ?? 'none',
      checked: concerned.length === 0,
      disabled: concerned.length === 0,
      run: () => markAccounts(tools, named, concerned.length, change, before),
    };
  });
  shell.menus.open({ label: t.marks.colour, anchor: tools.anchor, entries: items });
}

/** More than a menu holds; others are typed. */
const MOST_TAGS = 20;

/** All tags there are, those of all selected accounts checked; a click adds one to those without it, or takes it from all. */
function openTags(tools: SeveralTools): void {
  const { shell, state, entries, anchor } = tools;
  const { t } = shell.text.get();
  const accounts = accountsOf(entries);
  const has = ({ account }: RoleEntry, tag: string): boolean => state.marks[account.key]?.tags?.includes(tag) === true;
  const add = (tags: readonly string[]): void => {
    const undo = tags.map((tag) => ({
      of: markedAccounts(accounts.filter((entry) => !has(entry, tag))),
      removeTags: [tag],
    }));
    const change = [{ of: markedAccounts(accounts), addTags: [...tags] }];
    markAccounts(tools, () => tags.map(displayText).join(', '), accounts.length, change, undo);
  };
  const remove = (tag: string): void => {
    const of = markedAccounts(accounts.filter((entry) => has(entry, tag)));
    markAccounts(tools, () => displayText(tag), accounts.length, [{ of, removeTags: [tag] }], [{ of, addTags: [tag] }]);
  };
  const known = [...new Set(Object.values(state.marks).flatMap(({ tags = [] }) => tags))];
  const items = known
    .sort((a, b) => a.localeCompare(b))
    .map((tag): MenuEntry => {
      const count = accounts.filter((entry) => has(entry, tag)).length;
      const checked = count === accounts.length;
      return {
        kind: 'item',
        id: `tag:${tag}`,
        label: displayText(tag),
        checked,
        toggles: true,
        ...(checked || count === 0 ? {} : partNote(tools, count)),
        run: () => (checked ? remove(tag) : add([tag])),
      };
    });
  const other: MenuEntry = {
    kind: 'item',
    id: 'other',
    icon: 'plus',
    label: t.several.newTag,
    run: () =>
      shell.dialogs.open({
        kind: 'ask',
        title: t.several.tags,
        field: { label: t.several.newTag, hint: t.marks.tagsHint },
        confirm: t.common.save,
        run: (text) => add(parseTags(text)),
      }),
  };
  shell.menus.open({ label: t.several.tags, anchor, entries: [...items.slice(0, MOST_TAGS), other] });
}

/** For each Identity Center those roles for which there is no profile yet: one preview and one write each. */
function profileItems({ shell, state, entries }: SeveralTools): readonly MenuItem[] {
  const { t, format } = shell.text.get();
  const { aliases } = shell.access(state);
  const groups = roleGroups(entries.filter(({ key }) => !aliases.has(key)));
  const sessions = state.ssoSessions.filter(({ id, form }) => form === 'sso-session' && groups.some(isOf(id)));
  return sessions.map(({ id, name }): MenuItem => {
    const roles = groups.filter(isOf(id)).map(({ roleName, accountIds }) => ({ roleName, accountIds }));
    const count = roles.reduce((sum, { accountIds }) => sum + accountIds.length, 0);
    return {
      kind: 'item',
      id: `profiles:${id}`,
      icon: 'profiles',
      label: sessions.length === 1 ? t.several.profiles : `${t.several.profiles} ${displayText(name)}`,
      ...(count === entries.length ? {} : { note: format.number(count) }),
      run: () => shell.dialogs.open({ kind: 'profiles', dialog: { kind: 'sync', ssoSession: id, roles } }),
    };
  });
}

function isOf(ssoSession: string): (group: { readonly ssoSession: string }) => boolean {
  return (group) => group.ssoSession === ssoSession;
}

/** For those of which credentials are held. */
function liveItems(tools: SeveralTools): readonly MenuItem[] {
  const { shell, state, entries } = tools;
  const { t, format } = shell.text.get();
  const { live } = shell.access(state);
  const held = entries.filter(({ key }) => live.has(key));
  const note = partNote(tools, held.length);
  const disabled = held.some(({ key }) => shell.busy.get().has(key));
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
  busy.set(new Set([...busy.get(), ...left]));
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
    busy.set(new Set([...busy.get()].filter((key) => key !== entry.key)));
  }
  const done = entries.length - left.size;
  busy.set(new Set([...busy.get()].filter((key) => !left.has(key))));
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
