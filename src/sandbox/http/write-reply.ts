import type { ServerResponse } from 'node:http';
import type { Clock } from '../../core/model/clock.ts';
import type { Fault } from '../faults/fault.ts';
import type { SandboxReply } from './sandbox-reply.ts';

const CHUNK_BYTES = 65_536;

/** Sends a reply, through the faults that befall it on its way. `date` goes into the Date header. */
export function writeReply(
  outgoing: ServerResponse,
  reply: SandboxReply,
  faults: readonly Fault[],
  meta: { readonly date: Date; readonly requestId: string; readonly clock: Clock },
): void {
  const body = editedBody(reply, faults);
  const huge = faults.find((fault) => fault.kind === 'huge-body');
  outgoing.sendDate = false;
  outgoing.writeHead(reply.status, {
    date: meta.date.toUTCString(),
    'x-amzn-requestid': meta.requestId,
    ...reply.headers,
    'content-length': String(huge === undefined ? body.length : huge.bytes),
  });
  if (huge !== undefined) {
    sendHuge(outgoing, huge.bytes);
    return;
  }
  const wayBack = faults.find(
    (fault) => fault.kind === 'hang-mid-body' || fault.kind === 'cut-body' || fault.kind === 'drip',
  );
  switch (wayBack?.kind) {
    case 'hang-mid-body':
      outgoing.write(firstHalf(body));
      return;
    case 'cut-body':
      outgoing.write(firstHalf(body), () => outgoing.destroy());
      return;
    case 'drip':
      drip(outgoing, body, wayBack.bytesPerSecond, meta.clock);
      return;
    case undefined:
      outgoing.end(body);
  }
}

function editedBody(reply: SandboxReply, faults: readonly Fault[]): Buffer {
  const edits = faults.filter((fault) => fault.kind === 'edit-body');
  if (edits.length === 0) {
    return Buffer.from(reply.body);
  }
  return Buffer.from(edits.reduce((text, fault) => fault.edit(text), reply.body.toString()));
}

function firstHalf(body: Buffer): Buffer {
  return body.subarray(0, Math.floor(body.length / 2));
}

function sendHuge(outgoing: ServerResponse, bytes: number): void {
  const chunk = Buffer.alloc(CHUNK_BYTES, 0x20);
  const send = (left: number): void => {
    if (left <= 0) {
      outgoing.end();
    } else if (!outgoing.destroyed) {
      outgoing.write(chunk.subarray(0, Math.min(left, CHUNK_BYTES)), (error) => {
        if (error === undefined || error === null) {
          send(left - CHUNK_BYTES);
        }
      });
    }
  };
  send(bytes);
}

function drip(outgoing: ServerResponse, body: Buffer, bytesPerSecond: number, clock: Clock): void {
  const send = (at: number): void => {
    if (outgoing.destroyed) {
      return;
    }
    const end = Math.min(at + bytesPerSecond, body.length);
    outgoing.write(body.subarray(at, end));
    if (end >= body.length) {
      outgoing.end();
    } else {
      clock.setTimer(1000, () => send(end));
    }
  };
  send(0);
}
