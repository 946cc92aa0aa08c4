import type { JSX } from 'react';
import { Icon } from '../components/icon.tsx';
import { ICON_NAMES } from '../components/icon-paths.ts';
import { GalleryCard } from './gallery-card.tsx';

const COLOURS = [
  'surface-0',
  'surface-1',
  'surface-raised',
  'surface-hover',
  'surface-pressed',
  'surface-selected',
  'line',
  'line-strong',
  'text-1',
  'text-2',
  'text-3',
  'accent',
  'accent-soft',
  'ok',
  'ok-text',
  'ok-soft',
  'warn',
  'warn-text',
  'warn-soft',
  'danger',
  'danger-text',
  'danger-soft',
];

const SIZES = ['xs', 'sm', 'md', 'lg', 'xl', '2xl'];
const SPACES = ['half', '1', '2', '3', '4', '5', '6', '8', '10', '12'];

/** Colours, sizes of text, spaces and icons. */
export function TokenCards(): JSX.Element {
  return (
    <>
      <GalleryCard name="Colours">
        <div className="gallery__line">
          {COLOURS.map((name) => (
            <div key={name} className="gallery__chip">
              <span className="gallery__colour" style={{ background: `var(--${name})` }} />
              {name}
            </div>
          ))}
        </div>
      </GalleryCard>
      <GalleryCard name="Type">
        {SIZES.map((size) => (
          <p key={size} style={{ fontSize: `var(--text-${size})`, lineHeight: `var(--leading-${size})` }}>
            {size} Production 1111 2222 3333
          </p>
        ))}
      </GalleryCard>
      <GalleryCard name="Space">
        {SPACES.map((space) => (
          <div key={space} className="gallery__line">
            <span className="gallery__bar" style={{ width: `var(--space-${space})` }} />
            <span className="gallery__name">{space}</span>
          </div>
        ))}
      </GalleryCard>
      <GalleryCard name="Icons">
        <div className="gallery__line">
          {ICON_NAMES.map((name) => (
            <Icon key={name} name={name} size="md" />
          ))}
        </div>
      </GalleryCard>
    </>
  );
}
