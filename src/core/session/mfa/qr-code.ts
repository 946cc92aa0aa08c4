import { encode } from 'uqr';
import { Secret } from '../../model/secret.ts';

/** A QR code to draw. What it shows is as secret as its text. */
export interface QrCode {
  /** Modules on a side, quiet zone included. */
  readonly size: number;
  /** The `d` of one SVG path over a `0 0 size size` view box: dark modules, each 1 by 1. */
  readonly svgPath: Secret;
  /** Rows of `#` for dark and blanks for light, with line breaks: for a terminal to draw. */
  readonly rows: Secret;
}

/** Light modules around it; scanners want four. */
const QUIET_ZONE = 4;

/** Makes the QR code of a text. */
export function qrCode(text: Secret): QrCode {
  const { size, data } = encode(text.reveal(), { ecc: 'M', border: QUIET_ZONE });
  const path = data.flatMap((row, y) => darkRuns(row).map(({ x, length }) => `M${x} ${y}h${length}v1h-${length}z`));
  const rows = data.map((row) => row.map((dark) => (dark ? '#' : ' ')).join(''));
  return { size, svgPath: new Secret(path.join('')), rows: new Secret(rows.join('\n')) };
}

function darkRuns(row: readonly boolean[]): readonly { readonly x: number; readonly length: number }[] {
  const text = row.map((dark) => (dark ? '#' : ' ')).join('');
  return [...text.matchAll(/#+/g)].map((match) => ({ x: match.index, length: match[0].length }));
}
