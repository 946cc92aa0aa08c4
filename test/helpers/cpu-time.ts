/**
 * How long this process itself was at work, in ms: what else the machine does counts for nothing. For hostile texts, whose cost must not
 * grow faster than they do; how fast the product is stands in `bench/`.
 */
export function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
