/**
 * How long this process itself was at work, in ms: what else the machine does counts for nothing. For what must not
 * grow faster than a text or a list does, however long or hostile that is; how fast the product is stands in `bench/`.
 */
export function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
