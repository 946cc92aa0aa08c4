/**
 * The product's mark: a ring, which is time running, broken by a tick, which is someone answering the roll call.
 * Drawn on a grid of 32 units.
 */
const CENTRE = { x: 14.6, y: 17.4 };
const RADIUS = 10.6;
const TICK = 'M 9.6 17.2 L 13.8 21.6 L 27.4 5.4';

/**
 * An arc of the ring, clockwise; degrees as on a clock face, 0 at twelve.
 *
 * @param {number} from @param {number} to
 */
function arc(from, to) {
  const point = (/** @type {number} */ degrees) => {
    const radians = ((degrees - 90) * Math.PI) / 180;
    return `${(CENTRE.x + RADIUS * Math.cos(radians)).toFixed(3)} ${(CENTRE.y + RADIUS * Math.sin(radians)).toFixed(3)}`;
  };
  return `M ${point(from)} A ${RADIUS} ${RADIUS} 0 ${to - from > 180 ? 1 : 0} 1 ${point(to)}`;
}

/** @param {string} d @param {number} width @param {string} colour */
const stroke = (d, width, colour) =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;

/** Where the ring is open for the tick. */
const GAP = { from: 88, to: 370 };

/** Ring and tick. @param {string} colour */
export const mark = (colour) => `${stroke(arc(GAP.from, GAP.to), 3.4, colour)}${stroke(TICK, 4, colour)}`;

/** @param {string} content */
export const svg = (content) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${content}</svg>`;

/** The app's icon: the mark in white on its ground. `margin` is the free space around it, in units of 32. @param {number} margin */
export function appIcon(margin) {
  const side = 32 - 2 * margin;
  const scale = side / 32;
  return svg(
    [
      '<defs><linearGradient id="ground" x1="0" y1="0" x2="0" y2="1">',
      '<stop offset="0" stop-color="#1583a3"/><stop offset="1" stop-color="#0b5a78"/></linearGradient></defs>',
      `<rect x="${margin}" y="${margin}" width="${side}" height="${side}" rx="${side * 0.225}" fill="url(#ground)"/>`,
      `<g transform="translate(16 16) scale(${scale * 0.72}) translate(-16.4 -16.6)">${mark('#ffffff')}</g>`,
    ].join(''),
  );
}
