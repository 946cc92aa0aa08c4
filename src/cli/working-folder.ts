/** Where this command was started; undefined where that folder was removed meanwhile, in which all else still works. */
export function workingFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}
