import { useCallback, useEffect, useState, type JSX } from 'react';
import type { Cache, DataFolder } from '../../shared/settings-commands.ts';
import { Button } from '../components/button.tsx';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { useSettingsWords } from './use-settings-words.ts';

/** Where Rolecall's own files are. */
export function DataFolderLine(): JSX.Element {
  const { data } = useSettingsWords();
  const { actions } = useShell();
  const { folder } = useDataFolder();
  return (
    <div className="setting__row">
      <bdi className="line__note selectable">{folder?.path}</bdi>
      <Button size="sm" onClick={() => void actions.run('openDataFolder', {})}>
        {data.open}
      </Button>
    </div>
  );
}

/** What can be emptied, how large it is, and the way to do it. */
export function CacheLines(): JSX.Element {
  const { data } = useSettingsWords();
  const { actions } = useShell();
  const { format } = useText();
  const { folder, load } = useDataFolder();
  const clear = async (cache: Cache): Promise<void> => {
    await actions.run('clearCache', { cache });
    load();
  };
  const lines = [
    { cache: 'directories', label: data.directories, ask: data.clearDirectories },
    { cache: 'activity', label: data.activity, ask: data.clearActivity },
  ] as const;
  const sizeOf = (cache: Cache): string => `${format.number(Math.ceil((folder?.cacheBytes[cache] ?? 0) / 1000))} kB`;
  return (
    <div className="rules">
      {lines.map(({ cache, label, ask }) => (
        <div key={cache} className="setting__row">
          <span className="line__words">{label(sizeOf(cache))}</span>
          <ConfirmButton
            label={data.clear}
            about={label(sizeOf(cache))}
            title={ask.title}
            text={ask.text}
            confirm={data.confirmClear}
            onConfirm={() => clear(cache)}
          />
        </div>
      ))}
    </div>
  );
}

/** Puts everything back to how it was at first. */
export function ResetLine(): JSX.Element {
  const { data } = useSettingsWords();
  const { actions } = useShell();
  return (
    <ConfirmButton
      label={data.reset}
      title={data.resetTitle}
      text={data.resetText}
      confirm={data.confirmReset}
      onConfirm={() => actions.run('resetSettings', {})}
    />
  );
}

function useDataFolder(): { readonly folder: DataFolder | undefined; readonly load: () => void } {
  const { actions } = useShell();
  const [folder, setFolder] = useState<DataFolder | undefined>(undefined);
  const load = useCallback(() => void actions.runAnew('dataFolder', {}).then(setFolder), [actions]);
  useEffect(load, [load]);
  return { folder, load };
}
