import { useCallback, useEffect, useState, type JSX } from 'react';
import type { FoundImport } from '../../shared/settings-commands.ts';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { failureText } from '../i18n/text.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { ImportDialog } from './import-dialog.tsx';
import { TOOL_NAMES } from './tool-names.ts';
import { useSettingsWords } from './use-settings-words.ts';

/** The other tools that are on this machine, and what each knows. */
export function ImportLines(): JSX.Element {
  const text = useText();
  const { imports } = useSettingsWords();
  const { found, load } = useFoundImports();
  const [open, setOpen] = useState<FoundImport | undefined>(undefined);
  if (found === undefined || found.length === 0) {
    return <p className="line__note">{found === undefined ? imports.looking : imports.none}</p>;
  }
  const close = (): void => {
    setOpen(undefined);
    load();
  };
  return (
    <div className="rules">
      {found.map((each) => (
        <div key={each.tool} className="setting__row">
          <div className="line__words">
            <p>{TOOL_NAMES[each.tool]}</p>
            <p className="line__note">
              <bdi>{each.file}</bdi>
            </p>
            {each.failure === undefined ? (
              <p className="line__note">
                {imports.found(each.ssoSessions, each.profiles, each.marks, each.takeOvers, each.keys) ||
                  imports.nothing}
              </p>
            ) : (
              <Notice severity="warning" {...failureText(text, each.failure)} />
            )}
          </div>
          {each.failure === undefined && (
            <Button size="sm" aria-label={`${imports.look} ${TOOL_NAMES[each.tool]}`} onClick={() => setOpen(each)}>
              {imports.look}
            </Button>
          )}
        </div>
      ))}
      {open !== undefined && <ImportDialog found={open} onClose={close} />}
    </div>
  );
}

function useFoundImports(): { readonly found: readonly FoundImport[] | undefined; readonly load: () => void } {
  const { actions } = useShell();
  const [found, setFound] = useState<readonly FoundImport[] | undefined>(undefined);
  const load = useCallback(
    () => void actions.runAnew('findImports', {}).then((answer) => setFound(answer?.tools ?? [])),
    [actions],
  );
  useEffect(load, [load]);
  return { found, load };
}
