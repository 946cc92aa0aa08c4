import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Starts programs without a copy of the caller first, as Python and Go do for a credential_process. Node's own `spawn` forks a process
 * of this one's size, which takes as long as the small programs that are measured.
 */
const STARTER = `
import json, os, sys, time
for line in sys.stdin:
    words, env = json.loads(line)
    readable, writable = os.pipe()
    actions = [(os.POSIX_SPAWN_DUP2, writable, 1), (os.POSIX_SPAWN_OPEN, 0, '/dev/null', os.O_RDONLY, 0)]
    started = time.perf_counter()
    pid = os.posix_spawn(words[0], words, env, file_actions=actions)
    os.close(writable)
    while os.read(readable, 65536):
        pass
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    took = time.perf_counter() - started
    os.close(readable)
    print(json.dumps([took * 1000, status]), flush=True)
`;

/** Measures whole processes, from their start until they ended and all they printed was read. */
export interface ProcessTimer {
  /** Milliseconds. The program is named by its absolute path. Throws where it ends with anything but 0. */
  time(command: readonly string[], env: Readonly<Record<string, string>>): Promise<number>;
  close(): void;
}

/** Needs /usr/bin/python3. */
export function startProcessTimer(): ProcessTimer {
  const starter = spawn('/usr/bin/python3', ['-c', STARTER], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: starter.stdout })[Symbol.asyncIterator]();
  return {
    async time(command, env) {
      starter.stdin.write(`${JSON.stringify([command, env])}\n`);
      const answer = await answers.next();
      if (answer.done === true) {
        throw new Error(`${command.join(' ')} could not be started`);
      }
      const [tookMs, status] = JSON.parse(answer.value) as [number, number];
      if (status !== 0) {
        throw new Error(`${command.join(' ')} ended with ${status}`);
      }
      return tookMs;
    },
    close: () => void starter.stdin.end(),
  };
}
