import type { JSX } from 'react';
import './brand.css';

/** Rolecall's mark: a roll of names, the first one called. */
export function BrandMark(): JSX.Element {
  return (
    <svg className="brand-mark" viewBox="0 0 20 20" aria-hidden="true">
      <rect className="brand-mark__ground" width="20" height="20" rx="5" />
      <path className="brand-mark__lines" d="M4.5 6.75 6.25 8.5 9 5M12 6.75h3.5M5 13.5h10.5" />
    </svg>
  );
}
