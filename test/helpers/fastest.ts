/**
 * How long something takes where nothing is in its way, in ms: the fastest of three, for machines where others work too. For what has to
 * end by a time that users are promised.
 */
export async function fastestMs(work: () => Promise<void>): Promise<number> {
  const tookMs: number[] = [];
  for (let tries = 0; tries < 3; tries += 1) {
    const startedAt = performance.now();
    await work();
    tookMs.push(performance.now() - startedAt);
  }
  return Math.min(...tookMs);
}
