import { useId, type JSX, type KeyboardEvent } from 'react';
import { stoppedState, type ManagedInstance } from '../../shared/instances.ts';
import { regionLabel, regionsBeside } from '../../shared/regions.ts';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { CoreWords } from '../components/core-words.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Select } from '../components/select.tsx';
import { Subject } from '../components/subject.tsx';
import type { RoleEntry } from '../model/access-entry.ts';
import { connectLine } from '../model/cli-snippets.ts';
import { isolated } from '../model/display-text.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useCommand } from '../shell/use-command.ts';
import { useText } from '../shell/use-text.ts';
import { FailureNotice } from './failure-notice.tsx';
import { PickerField } from './picker-field.tsx';
import { useInstances, type InstancePicker } from './use-instances.ts';
import { useKeptInSight } from './use-kept-in-sight.ts';
import './dialogs.css';

/** Starts a shell on an instance, in the user's own terminal: which one, in which region. Enter connects. */
export function InstanceDialog(props: { readonly entry: RoleEntry; readonly onClose: () => void }): JSX.Element {
  const { entry, onClose } = props;
  const { t } = useText();
  const { actions, toasts } = useShell();
  const command = useCommand();
  const listId = useId();
  const picker = useInstances(entry);
  const active = picker.shown[picker.activeIndex];
  const line = active === undefined ? undefined : connectLine(entry, active.instanceId, picker.region);
  const connect = async (instance: ManagedInstance | undefined): Promise<void> => {
    if (instance?.online !== true || command.busy) {
      return;
    }
    const { instanceId } = instance;
    const opened = await command.run('connectInstance', { target: entry.target, region: picker.region, instanceId });
    if (opened !== undefined) {
      toasts.add('ok', (text) => ({ message: text.t.instances.opened(isolated(instance.name || instanceId)) }));
      onClose();
    }
  };
  return (
    <Dialog title={t.instances.title} closeLabel={t.common.close} onClose={onClose} flush>
      <div className="picker" onKeyDown={(event) => onPickerKey(event, picker, () => void connect(active))}>
        <Subject entry={entry} />
        <PickerHead picker={picker} listId={listId} />
        <Instances picker={picker} listId={listId} onConnect={(instance) => void connect(instance)} />
        <FailureNotice failure={command.failure} />
        <div className="picker__foot">
          <Button
            icon="copy"
            disabled={line === undefined}
            onClick={() => line !== undefined && actions.copyPlain(line)}
          >
            {t.instances.copy}
          </Button>
          <Button
            variant="primary"
            icon="terminal"
            busy={command.busy}
            disabled={!(active?.online ?? false)}
            onClick={() => void connect(active)}
          >
            {t.instances.connect}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function PickerHead(props: { readonly picker: InstancePicker; readonly listId: string }): JSX.Element {
  const { t, language } = useText();
  const { picker } = props;
  const { region } = picker;
  const regions = regionsBeside(region).map(({ id }) => id);
  const ids = regions.includes(region) ? regions : [region, ...regions];
  const hasRows = picker.shown.length > 0;
  return (
    <>
      <PickerField
        label={t.instances.search}
        listId={hasRows ? props.listId : undefined}
        activeId={hasRows ? rowId(props.listId, picker.activeIndex) : undefined}
        query={picker.query}
        onQuery={picker.setQuery}
      />
      <div className="picker__choices">
        <Select
          label={t.destination.region}
          size="sm"
          wide
          value={region}
          options={ids.map((id) => ({ value: id, label: id === '' ? t.instances.region : regionLabel(id, language) }))}
          onChange={picker.setRegion}
        />
      </div>
    </>
  );
}

function Instances(props: {
  readonly picker: InstancePicker;
  readonly listId: string;
  readonly onConnect: (instance: ManagedInstance) => void;
}): JSX.Element {
  const { picker, listId, onConnect } = props;
  const { t, format } = useText();
  const { reply, shown } = picker;
  if (picker.region === '' || reply === undefined) {
    return (
      <p className="picker__none picker__list" role="status">
        {picker.region === '' ? t.instances.region : t.instances.loading}
      </p>
    );
  }
  if (!reply.ok) {
    return (
      <div className="picker__list instances__failed">
        <FailureNotice failure={reply.failure} />
        <Button icon="refresh" onClick={picker.askAgain}>
          {t.instances.again}
        </Button>
      </div>
    );
  }
  const { instances, namesMissing } = reply.value;
  return (
    <>
      {namesMissing !== undefined && (
        <p className="instances__note">
          {t.instances.nameless} <CoreWords>{namesMissing}</CoreWords>
        </p>
      )}
      {shown.length === 0 ? (
        <p className="picker__none picker__list" role="status">
          {instances.length === 0 ? t.instances.none : t.empty.noMatch}
        </p>
      ) : (
        <div className="picker__list" id={listId} role="listbox" aria-label={t.instances.label} tabIndex={-1}>
          {shown.map((instance, index) => (
            <Row
              key={instance.instanceId}
              id={rowId(listId, index)}
              instance={instance}
              active={index === picker.activeIndex}
              onChoose={() => (instance.online ? onConnect(instance) : picker.setActive(index))}
            />
          ))}
        </div>
      )}
      {picker.more > 0 && <p className="instances__note">{t.list.more(format.number(picker.more))}</p>}
    </>
  );
}

function Row(props: {
  readonly id: string;
  readonly instance: ManagedInstance;
  readonly active: boolean;
  readonly onChoose: () => void;
}): JSX.Element {
  const { t } = useText();
  const { instance, active } = props;
  const row = useKeptInSight(active);
  const { name, instanceId, online, platform, address } = instance;
  const offline = [t.instances.offline, stoppedState(instance)].filter(Boolean).join(' · ');
  return (
    <div
      ref={row}
      id={props.id}
      className="picker__option instance"
      role="option"
      aria-selected={active}
      aria-disabled={!online}
      onClick={props.onChoose}
    >
      <bdi className="picker__name truncate">{name || instanceId}</bdi>
      <Badge tone={online ? 'ok' : 'neutral'}>{online ? t.instances.online : offline}</Badge>
      <bdi className="instance__facts truncate">
        {[name === '' ? '' : instanceId, address, platform].filter(Boolean).join(' · ')}
      </bdi>
    </div>
  );
}

function onPickerKey(event: KeyboardEvent, picker: InstancePicker, connect: () => void): void {
  if (event.nativeEvent.isComposing || !(event.target instanceof HTMLInputElement)) {
    return;
  }
  if (event.key === 'Enter') {
    connect();
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    const step = event.key === 'ArrowDown' ? 1 : -1;
    picker.setActive(Math.max(0, Math.min(picker.activeIndex + step, picker.shown.length - 1)));
  } else {
    return;
  }
  event.preventDefault();
}

function rowId(listId: string, index: number): string {
  return `${listId}-${index}`;
}
