/** The outcome of `work`, or the signal's reason as soon as it is aborted. The work itself goes on. */
export async function settleOnAbort<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  signal.throwIfAborted();
  const left: { listener: () => void } = { listener: () => {} };
  const aborted = new Promise<never>((_resolve, reject) => {
    left.listener = () => reject(signal.reason as Error);
    signal.addEventListener('abort', left.listener, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', left.listener);
  }
}
