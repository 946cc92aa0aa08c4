import type { JSX } from 'react';
import { Button } from '../components/button.tsx';
import type { RoleEntry } from '../model/access-entry.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { severalMenu } from '../shell/several-menu.ts';
import { useCell } from '../shell/use-cell.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';

/** In the inspector's place while several roles are selected: what can be done with all of them. */
export function SeveralPanel(props: {
  readonly entries: readonly RoleEntry[];
  readonly onOne: () => void;
}): JSX.Element {
  const { entries } = props;
  const shell = useShell();
  const state = useAppState((all) => all);
  const { t, format } = useText();
  const items = (anchor: HTMLElement): ReturnType<typeof severalMenu> => severalMenu({ shell, state, entries, anchor });
  // Only to be drawn again: the menu reads itself what is under way.
  useCell(shell.busy.keys);
  const accounts = new Set(entries.map(({ account }) => account.key)).size;
  return (
    <aside className="inspector several" aria-label={t.several.label} tabIndex={0}>
      <header>
        <h2 className="inspector__title">{t.several.selected(entries.length, format.number(entries.length))}</h2>
        <p className="inspector__sub">{t.several.accounts(accounts, format.number(accounts))}</p>
      </header>
      <div className="several__buttons">
        {items(document.body).map((item) => (
          <Button
            key={item.id}
            icon={item.icon}
            disabled={item.disabled}
            // Once more, for what it opens belongs to this button.
            onClick={({ currentTarget }) =>
              items(currentTarget)
                .find(({ id }) => id === item.id)
                ?.run()
            }
          >
            {item.label} {item.note !== undefined && <span className="several__note numeric">{item.note}</span>}
          </Button>
        ))}
        <Button variant="quiet" icon="close" onClick={props.onOne}>
          {t.several.one}
        </Button>
      </div>
    </aside>
  );
}
