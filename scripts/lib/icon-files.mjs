/**
 * Packs PNG pictures into a Windows icon. Format: https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10), PNG since Vista.
 *
 * @param {readonly { size: number, png: Buffer }[]} pictures
 */
export function toIco(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  pictures.forEach(({ size, png }, index) => {
    const entry = 6 + 16 * index;
    // 256 is written as 0.
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** The chunks of a macOS icon by pixel size; Apple names them so. */
const ICNS_CHUNKS = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/**
 * Packs PNG pictures into a macOS icon: a head, then chunks of name, length and picture.
 *
 * @param {readonly { size: number, png: Buffer }[]} pictures
 */
export function toIcns(pictures) {
  const chunks = pictures.flatMap(({ size, png }) =>
    (Object.entries(ICNS_CHUNKS).find(([pixels]) => Number(pixels) === size)?.[1] ?? []).map((name) =>
      chunk(name, png),
    ),
  );
  return chunk('icns', Buffer.concat(chunks));
}

/** @param {string} name @param {Buffer} content */
function chunk(name, content) {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32BE(content.length + 8, 4);
  return Buffer.concat([head, content]);
}
