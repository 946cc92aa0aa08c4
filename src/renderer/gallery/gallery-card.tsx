import type { JSX, ReactNode } from 'react';

/** A named part of the gallery. */
export function GalleryCard(props: { readonly name: string; readonly children: ReactNode }): JSX.Element {
  return (
    <section className="gallery__card">
      <h2 className="gallery__name">{props.name}</h2>
      {props.children}
    </section>
  );
}
