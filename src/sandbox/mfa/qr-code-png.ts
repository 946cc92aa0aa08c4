import { deflateSync } from 'node:zlib';
import { encode } from 'uqr';

const MODULE_PIXELS = 5;
const QUIET_MODULES = 4;

/** A QR code of this text as a black and white PNG. Source: https://www.w3.org/TR/png-3/ */
export function qrCodePng(text: string): Buffer {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_MODULES });
  const width = size * MODULE_PIXELS;
  const rows = Array.from({ length: width }, (_, y) => {
    const modules = data[Math.floor(y / MODULE_PIXELS)] ?? [];
    const pixels = Array.from({ length: width }, (_pixel, x) =>
      modules[Math.floor(x / MODULE_PIXELS)] === true ? 0 : 255,
    );
    // Each row starts with its filter: 0 is none.
    return Buffer.from([0, ...pixels]);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(width, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** Node has this function from version 22 on only. */
function crc32(data: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc >>> 1) ^ ((crc & 1) === 1 ? 0xedb88320 : 0);
    }
  }
  return (crc ^ 0xffffffff) >>> 0;
}
