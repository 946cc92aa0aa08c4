import { MARK_COLOURS, type MarkColour } from '../../shared/app-state.ts';
import type { CommandInput } from '../../shared/commands.ts';
import type { IconName } from '../components/icon-paths.ts';
import type { Text } from '../i18n/text.ts';
import type { RoleEntry } from '../model/access-entry.ts';
import { displayText } from '../model/display-text.ts';
import { parseTags } from '../model/parse-tags.ts';
import { markedAccounts, markedRoles } from '../model/role-groups.ts';
import type { MenuEntry } from '../state/menu.ts';
import { partNote, type SeveralItem, type SeveralTools } from './several-tools.ts';
import type { Shell } from './shell.ts';

type Changes = CommandInput<'setManyMarks'>['changes'];
/** Words of a toast, in the language in which it is read. */
type Say = (text: Text) => string;

/** A mark that a role has or has not, and what its items are called that set it and take it off. */
interface Flag {
  readonly name: 'pinned' | 'hidden' | 'guarded';
  readonly icon: IconName;
  readonly set: Say;
  readonly unset: Say;
}

const PINNED: Flag = { name: 'pinned', icon: 'star', set: ({ t }) => t.menu.pin, unset: ({ t }) => t.menu.unpin };
const FLAGS: readonly Flag[] = [
  PINNED,
  { name: 'hidden', icon: 'hide', set: ({ t }) => t.menu.hide, unset: ({ t }) => t.menu.unhide },
  { name: 'guarded', icon: 'shield', set: ({ t }) => t.several.guard, unset: ({ t }) => t.several.unguard },
];

/** What can be said of several roles, and of their accounts, in one go; each can be taken back. */
export function markItems(tools: SeveralTools): readonly SeveralItem[] {
  const { t } = tools.shell.text.get();
  return [
    ...FLAGS.flatMap((flag) => flagItems(tools, flag)),
    { kind: 'item', id: 'colour', icon: 'edit', label: t.several.colour, run: () => openColours(tools) },
    { kind: 'item', id: 'tags', icon: 'edit', label: t.several.tags, run: () => openTags(tools) },
  ];
}

/** Pins all of these roles; where all are pinned, takes the pins off. */
export function togglePins(shell: Shell, entries: readonly RoleEntry[]): void {
  const state = shell.state.get();
  const [item] = state === undefined ? [] : flagItems({ shell, state, entries, anchor: document.body }, PINNED);
  item?.run();
}

/** One item for those without the mark and one for those with it, so that nobody has to know beforehand how many have it. */
function flagItems(tools: SeveralTools, { name, icon, set, unset }: Flag): readonly SeveralItem[] {
  const { shell, state, entries } = tools;
  return [true, false].flatMap((value): readonly SeveralItem[] => {
    const concerned = entries.filter(({ key }) => (state.marks[key]?.[name] === true) !== value);
    const change = (to: boolean): Changes => [{ of: markedRoles(concerned), marks: { [name]: to } }];
    const called = value ? set : unset;
    const say: Say = (text) => {
      const { t, format } = text;
      return t.several.done(called(text), t.table.count(concerned.length, format.number(concerned.length)));
    };
    const run = (): void => markMany(shell, say, change(value), change(!value));
    const label = called(shell.text.get());
    return concerned.length === 0
      ? []
      : [{ kind: 'item', id: `${name}-${value}`, icon, label, ...partNote(tools, concerned.length), run }];
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
