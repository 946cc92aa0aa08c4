/**
 * The product's mark: a ring, which is time running, broken by a tick, which is someone answering the roll call.
 * Drawn on a grid of 32 units; strokes are thick enough for 16 pixels.
 */
const CENTRE = { x: 14.6, y: 17.4 };
const RADIUS = 10.6;
const TICK = 'M 9.6 17.2 L 13.8 21.6 L 27.4 5.4';

/** What the tray icon says. @typedef {'signed-out' | 'live' | 'expiring' | 'asking'} TrayStatus */

/** @type {readonly TrayStatus[]} */
export const TRAY_STATUSES = ['signed-out', 'live', 'expiring', 'asking'];

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

/**
 * The picture of a tray status; they differ in shape, so that they can be told apart without colour.
 *
 * @param {TrayStatus} status @param {string} colour
 */
export function trayMark(status, colour) {
  switch (status) {
    case 'signed-out':
      return `<g opacity="0.75"><circle cx="16" cy="16" r="10.6" fill="none" stroke="${colour}" stroke-width="3.4"/></g>`;
    case 'live':
      return mark(colour);
    case 'expiring':
      return `${stroke(arc(236, GAP.to), 3.4, colour)}${stroke(TICK, 4, colour)}`;
    case 'asking':
      return [
        `<mask id="cut"><rect width="32" height="32" fill="white"/>`,
        `<path d="M 11.6 12.6 a 4.5 4.5 0 1 1 6.9 3.8 c -1.7 1.1 -2.5 1.8 -2.5 3.5" fill="none" stroke="black" stroke-width="3.2" stroke-linecap="round"/>`,
        `<circle cx="16" cy="24.2" r="2" fill="black"/></mask>`,
        `<circle cx="16" cy="16" r="14" fill="${colour}" mask="url(#cut)"/>`,
      ].join('');
  }
}

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
