import type { AppState } from '../../shared/app-state.ts';
import type { CommandInput } from '../../shared/commands.ts';
import { createCell, type Cell } from './cell.ts';

type Changes = CommandInput<'updateSettings'>['changes'];

/** Changes of settings that are under way. */
export interface SettingsEdits {
  /** What they come to, to be laid over the settings of the state. */
  readonly underWay: Cell<Changes>;
  readonly make: (changes: Changes) => void;
}

interface Edit {
  readonly changes: Changes;
  readonly before: AppState['settings'] | undefined;
  readonly isKept: boolean;
}

/**
 * Keeps changes until the state has them. Without this the next one would be made of what the core said before the last: of two
 * rules taken away one right after the other, the first would come back.
 *
 * @param send gives the command; resolves to undefined when the core did not keep the change
 */
export function createSettingsEdits(
  state: Cell<AppState | undefined>,
  send: (changes: Changes) => Promise<unknown>,
): SettingsEdits {
  const underWay = createCell<Changes>({});
  let edits: readonly Edit[] = [];
  const set = (next: readonly Edit[]): void => {
    edits = next;
    underWay.set(Object.assign({}, ...edits.map(({ changes }) => changes)) as Changes);
  };
  // Told and answered come in either order: an edit goes when the core has kept it and has said something new of its settings.
  const dropArrived = (): void => {
    const settings = state.get()?.settings;
    const left = edits.filter(({ isKept, before }) => !isKept || before === settings);
    if (left.length < edits.length) {
      set(left);
    }
  };
  state.subscribe(dropArrived);
  const make = async (changes: Changes): Promise<void> => {
    const edit: Edit = { changes, before: state.get()?.settings, isKept: false };
    set([...edits, edit]);
    const answer = await send(changes);
    set(edits.flatMap((each) => (each !== edit ? [each] : answer === undefined ? [] : [{ ...each, isKept: true }])));
    dropArrived();
  };
  return { underWay, make: (changes) => void make(changes) };
}
