import type { JSX } from 'react';
import { ControlCards } from './control-cards.tsx';
import { ListCards } from './list-cards.tsx';
import { OverlayCards } from './overlay-cards.tsx';
import { TokenCards } from './token-cards.tsx';
import './gallery.css';

/** Every token and component on one page, to be looked at and compared with approved pictures. */
export function Gallery(): JSX.Element {
  return (
    <main className="gallery">
      <h1 className="gallery__title">Rolecall components</h1>
      <TokenCards />
      <ControlCards />
      <ListCards />
      <OverlayCards />
    </main>
  );
}
