import type { JSX } from 'react';
import './kbd.css';

/** Keys to press together, each as its own cap. */
export function Kbd(props: { readonly keys: readonly string[] }): JSX.Element {
  return (
    <span className="kbd">
      {props.keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
