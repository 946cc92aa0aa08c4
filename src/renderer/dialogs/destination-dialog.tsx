import { useId, type JSX, type KeyboardEvent } from 'react';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Icon } from '../components/icon.tsx';
import type { IconName } from '../components/icon-paths.ts';
import { Select } from '../components/select.tsx';
import { Subject } from '../components/subject.tsx';
import type { RoleEntry } from '../model/access-entry.ts';
import type { DestinationOption } from '../model/destinations.ts';
import { displayText } from '../model/display-text.ts';
import { regionLabel } from '../../shared/regions.ts';
import type { Text } from '../i18n/text.ts';
import { useOpeners } from '../shell/use-openers.ts';
import { useText } from '../shell/use-text.ts';
import { OpenerSelect } from './opener-select.tsx';
import { PickerField } from './picker-field.tsx';
import { useDestination, type DestinationState } from './use-destination.ts';
import { useKeptInSight } from './use-kept-in-sight.ts';
import './dialogs.css';

/** Where the console shall open: a service, a region, an address of the user's own. Enter opens. */
export function DestinationDialog(props: { readonly entry: RoleEntry; readonly onClose: () => void }): JSX.Element {
  const { t } = useText();
  const picker = useDestination(props.entry, props.onClose);
  return (
    <Dialog title={t.destination.title} onClose={props.onClose} flush>
      <div className="picker" onKeyDown={(event) => onPickerKey(event, picker)}>
        <Subject entry={props.entry} />
        <PickerBody picker={picker} />
        <div className="picker__foot">
          <Button icon="link" onClick={picker.copyLink}>
            {t.destination.copyLink}
          </Button>
          <Button variant="primary" icon="open" onClick={picker.open}>
            {t.destination.open}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function PickerBody({ picker }: { readonly picker: DestinationState }): JSX.Element {
  const { t } = useText();
  const listId = useId();
  const openers = useOpeners();
  const active = picker.options[picker.activeIndex];
  return (
    <>
      <PickerField
        label={t.destination.search}
        listId={listId}
        activeId={active === undefined ? undefined : optionDomId(listId, picker.activeIndex)}
        query={picker.query}
        onQuery={picker.setQuery}
      />
      <div className="picker__choices">
        <Select
          label={t.destination.region}
          size="sm"
          wide
          value={picker.region}
          options={picker.regionOptions}
          onChange={picker.setRegion}
        />
        <Select
          label={t.destination.via}
          size="sm"
          wide
          value={picker.via}
          options={picker.viaOptions}
          onChange={picker.setVia}
        />
        <OpenerSelect
          label={t.openers.label}
          size="sm"
          wide
          openers={openers}
          unset={t.openers.usualPlace}
          value={picker.opener}
          onChange={picker.setOpener}
        />
      </div>
      <div className="picker__list" id={listId} role="listbox" aria-label={t.destination.title} tabIndex={-1}>
        {picker.options.map((option, index) => (
          <Option
            key={option.id}
            id={optionDomId(listId, index)}
            option={option}
            active={index === picker.activeIndex}
            onChoose={() => picker.choose(option)}
          />
        ))}
        {picker.options.length === 0 && <p className="picker__none">{t.destination.none}</p>}
      </div>
    </>
  );
}

function Option(props: {
  readonly id: string;
  readonly option: DestinationOption;
  readonly active: boolean;
  readonly onChoose: () => void;
}): JSX.Element {
  const text = useText();
  const { option, active } = props;
  const row = useKeptInSight(active);
  const words = optionWords(option, text);
  return (
    <div
      ref={row}
      id={props.id}
      className="picker__option"
      role="option"
      aria-selected={active}
      onClick={props.onChoose}
    >
      <Icon name={words.icon} />
      <bdi className="picker__name truncate">{words.name}</bdi>
      <bdi className="picker__note truncate">{words.note}</bdi>
    </div>
  );
}

function optionWords(
  option: DestinationOption,
  { t, language }: Text,
): { readonly icon: IconName; readonly name: string; readonly note: string } {
  switch (option.kind) {
    case 'service':
      return { icon: 'window', name: option.name, note: serviceNote(option, language, t.destination.recent) };
    case 'custom':
      return { icon: 'star', name: displayText(option.name), note: displayText(option.url) };
    case 'url':
      return { icon: 'link', name: displayText(option.url), note: t.destination.address };
    case 'region':
      return { icon: 'globe', name: option.region.names[language], note: option.region.id };
  }
}

function serviceNote(
  { region, recent }: Extract<DestinationOption, { kind: 'service' }>,
  language: Text['language'],
  recentWord: string,
): string {
  return region === undefined ? (recent ? recentWord : '') : regionLabel(region.id, language);
}

function optionDomId(listId: string, index: number): string {
  return `${listId}-option-${index}`;
}

function onPickerKey(event: KeyboardEvent, picker: DestinationState): void {
  if (event.nativeEvent.isComposing) {
    return;
  }
  const inField = event.target instanceof HTMLInputElement;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    if (event.target instanceof HTMLSelectElement) {
      return;
    }
    picker.move(event.key === 'ArrowDown' ? 1 : -1);
  } else if (event.key === 'Enter' && inField) {
    picker.chooseActive();
  } else {
    return;
  }
  event.preventDefault();
}
