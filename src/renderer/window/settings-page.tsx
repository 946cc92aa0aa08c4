import { useEffect, useId, useRef, useState, type JSX } from 'react';
import type { Settings } from '../../shared/settings.ts';
import { classes } from '../components/classes.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { SearchField } from '../components/search-field.tsx';
import { fetchSynonyms, type SettingSynonyms } from '../i18n/setting-synonyms.ts';
import { entryTexts, entryWords } from '../i18n/settings-words.ts';
import { useText } from '../shell/use-text.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useSettings } from '../shell/use-settings.ts';
import { useShell } from '../shell/shell-context.tsx';
import { matchWord, searchText } from '../model/match-word.ts';
import { queryWords } from '../model/search-access.ts';
import { Page } from './page.tsx';
import { SETTING_ENTRIES, SETTING_SECTIONS, type SettingEntry, type SettingSection } from './settings-entries.tsx';
import { useSettingsWords } from './use-settings-words.ts';
import './settings-page.css';

/** Everything that can be set, looked at and done, each explained in a line, and found by typing. */
export function SettingsPage({ subject }: { readonly subject: string | undefined }): JSX.Element {
  const text = useText();
  const { t } = text;
  const [query, setQuery] = useState('');
  const app = useAppState((state) => state.app);
  const settings = useSettings();
  const synonyms = useSynonyms();
  const words = queryWords(query);
  const shown = SETTING_ENTRIES.filter((entry) => entry.onlyIf?.(app, settings) ?? true).filter((entry) => {
    const texts = entryTexts(text, entry.id, synonyms).map((said) => searchText(said));
    return words.every((word) => texts.some((said) => matchWord(said, word) > 0));
  });
  return (
    <Page
      reading
      title={t.window.names.settings}
      tools={<SearchField boxed label={t.settings.search} clearLabel={t.list.clear} value={query} onValue={setQuery} />}
    >
      {SETTING_SECTIONS.map((section) => (
        <Section
          key={section}
          section={section}
          entries={shown.filter((entry) => entry.section === section)}
          subject={subject}
        />
      ))}
      {shown.length === 0 && <EmptyState icon="search" title={t.empty.noMatch} text={t.settings.noMatchText} />}
    </Page>
  );
}

/** Empty until they have come, and where they do not: settings are found by their own words then. */
function useSynonyms(): SettingSynonyms {
  const [synonyms, setSynonyms] = useState<SettingSynonyms>({});
  useEffect(() => {
    fetchSynonyms().then(setSynonyms, () => undefined);
  }, []);
  return synonyms;
}

function Section(props: {
  readonly section: SettingSection;
  readonly entries: readonly SettingEntry[];
  readonly subject: string | undefined;
}): JSX.Element | null {
  const { t } = useText();
  const { sections } = useSettingsWords();
  const titles = { ...t.settings.sections, ...sections };
  return props.entries.length === 0 ? null : (
    <section className="card settings">
      <header className="card__head">
        <h2 className="card__title">{titles[props.section]}</h2>
      </header>
      {props.entries.map((entry) => (
        <SettingLine key={entry.id} entry={entry} wanted={props.subject === entry.id} />
      ))}
    </section>
  );
}

function SettingLine({ entry, wanted }: { readonly entry: SettingEntry; readonly wanted: boolean }): JSX.Element {
  const text = useText();
  const { actions } = useShell();
  const settings = useSettings();
  const line = useRef<HTMLDivElement>(null);
  const id = useId();
  const hasOneControl = entry.wide !== true && entry.many !== true;
  const words = entryWords(text, entry.id);
  useEffect(() => {
    if (wanted) {
      line.current?.scrollIntoView({ block: 'center' });
    }
  }, [wanted]);
  const change = (changes: Partial<Settings>): void => actions.updateSettings(changes);
  return (
    <div
      ref={line}
      className={classes('line', 'setting', entry.wide === true && 'setting--wide', wanted && 'setting--wanted')}
    >
      <div className="line__words">
        {hasOneControl ? <label htmlFor={id}>{words.label}</label> : <p>{words.label}</p>}
        <p className="line__note" id={`${id}-note`}>
          {words.hint}
        </p>
      </div>
      {entry.control({
        settings,
        text,
        change,
        control: { id, 'aria-describedby': `${id}-note`, 'aria-invalid': undefined },
      })}
    </div>
  );
}
