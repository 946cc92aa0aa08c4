import type { JSX } from 'react';
import { BrandMark } from './brand-mark.tsx';
import './brand.css';

/** The mark with the name. */
export function Brand(): JSX.Element {
  return (
    <span className="brand">
      <BrandMark />
      Rolecall
    </span>
  );
}
