const NEEDED = [20, 19];

/** Ends the process with one plain line when this Node is too old for the product. */
export function requireNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = NEEDED;
  if (major < neededMajor || (major === neededMajor && minor < neededMinor)) {
    console.error(`Rolecall needs Node.js ${NEEDED.join('.')} or newer; this is ${process.versions.node}.`);
    process.exit(1);
  }
}
