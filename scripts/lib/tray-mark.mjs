/**
 * The pictures of the tray icon, on a grid of 16 units: at 16 pixels outer edges fall on whole pixels. The statuses differ in shape,
 * so that they can be told apart without colour.
 */

/** What the tray icon says. @typedef {'signed-out' | 'live' | 'expiring' | 'asking'} TrayStatus */

/** @type {readonly TrayStatus[]} */
export const TRAY_STATUSES = ['signed-out', 'live', 'expiring', 'asking'];

const RING = { x: 8, y: 8, radius: 6.25, width: 1.5 };

/** The product's tick, which breaks the ring. */
const TICK = 'M 4.4 8.5 L 7 11.3 L 14.3 2.9';
const TICK_RING = { ...RING, x: 7.5, y: 8.75, radius: 5.5 };

/** @param {string} attributes @param {typeof RING} ring */
const circle = (attributes, { x, y, radius, width }) =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="none" stroke-width="${width}" ${attributes}/>`;

/** @param {string} d @param {number} width @param {string} colour */
const stroke = (d, width, colour) =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;

/** What is black in `holes` is left out of `picture`. @param {string} picture @param {string} holes */
const cut = (picture, holes) =>
  `<mask id="cut"><rect width="16" height="16" fill="white"/>${holes}</mask><g mask="url(#cut)">${picture}</g>`;

/**
 * @param {TrayStatus} status @param {string} colour
 * @param {number} faint the opacity of what is only hinted at
 */
function drawing(status, colour, faint) {
  const ink = `stroke="${colour}"`;
  switch (status) {
    case 'signed-out':
      return circle(`${ink} opacity="${faint}"`, RING);
    case 'live':
      return `${cut(circle(ink, TICK_RING), stroke(TICK, 4.2, 'black'))}${stroke(TICK, 1.9, colour)}`;
    case 'expiring':
      return [
        circle(`${ink} opacity="${faint * 0.6}"`, RING),
        stroke('M 8 1.75 A 6.25 6.25 0 0 1 14.25 8', RING.width, colour),
        `<rect x="7" y="4" width="2" height="5" rx="1" fill="${colour}"/>`,
        `<circle cx="8" cy="11.2" r="1.15" fill="${colour}"/>`,
      ].join('');
    case 'asking':
      return cut(
        `<circle cx="8" cy="8" r="7" fill="${colour}"/>`,
        `${stroke('M 5.8 6.35 a 2.25 2.25 0 1 1 3.5 1.85 c -0.9 0.6 -1.3 0.9 -1.3 1.8', 1.7, 'black')}<circle cx="8" cy="12.2" r="1.05" fill="black"/>`,
      );
  }
}

/**
 * The picture of a tray status.
 *
 * @param {TrayStatus} status @param {string} colour
 * @param {number} faint the opacity of what is only hinted at
 */
export const trayMark = (status, colour, faint) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${drawing(status, colour, faint)}</svg>`;
