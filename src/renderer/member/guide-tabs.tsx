import { useRef, type JSX, type KeyboardEvent } from 'react';
import { SIDES } from '../model/guide-steps.ts';
import type { GuideSide } from '../model/guide-answers.ts';
import { useText } from '../shell/use-text.ts';

const MOVES: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The id of the panel that the tabs belong to. */
export const GUIDE_PANEL_ID = 'guide-panel';

/** The id of a side's tab, which names the panel. */
export function guideTabId(side: GuideSide): string {
  return `guide-tab-${side}`;
}

/** Whom the guide is for. Arrow keys move and choose, as in every list of tabs. */
export function GuideTabs(props: {
  readonly side: GuideSide;
  readonly onSide: (side: GuideSide) => void;
}): JSX.Element {
  const { t } = useText();
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = MOVES[event.key];
    if (move === undefined) {
      return;
    }
    event.preventDefault();
    const side = SIDES[(SIDES.indexOf(props.side) + move + SIDES.length) % SIDES.length] ?? props.side;
    props.onSide(side);
    list.current?.querySelector<HTMLElement>(`#${guideTabId(side)}`)?.focus();
  };
  return (
    <div ref={list} className="sides" role="tablist" aria-label={t.guide.sidesLabel} onKeyDown={onKeyDown}>
      {SIDES.map((side) => (
        <button
          key={side}
          id={guideTabId(side)}
          type="button"
          role="tab"
          className="sides__tab"
          tabIndex={side === props.side ? 0 : -1}
          aria-selected={side === props.side}
          aria-controls={GUIDE_PANEL_ID}
          onClick={() => props.onSide(side)}
        >
          <span className="sides__who">{t.guide.sides[side].who}</span>
          <span className="sides__how">{t.guide.sides[side].how}</span>
        </button>
      ))}
    </div>
  );
}
