import { basename } from 'node:path';
import type { Asker } from '../../shared/app-state.ts';
import type { ProcessInfo, ProcessTable } from './process-table.ts';

const MAX_ANCESTORS = 8;
/** Run a script or a line for somebody else: what they run says more. */
const INTERPRETER = /^(?:python[\d.]*|node|nodejs|ruby|perl|(?:ba|da|z|k|fi)?sh|Python)$/;
const SHELL = /^(?:ba|da|z|k|fi)?sh$/;
/** Our own helper, in each of its forms. */
const OWN_NAME = /^rolecall(?:[.-].*)?$/;

/**
 * Who wants credentials, found from the process of the helper: the nearest ancestor that is neither the helper nor a shell that
 * merely started it. What the caller says of itself is only used where the system tells nothing.
 */
export async function findAsker(
  table: ProcessTable,
  claim: { readonly pid: number | undefined; readonly folder: string | undefined },
  ownUid: number | undefined,
): Promise<Asker> {
  const chain = claim.pid === undefined ? [] : await ancestry(table, claim.pid, ownUid);
  const asking = chain.find((info, index) => !isHelper(info) && !(index > 0 && startsHelper(info))) ?? chain.at(-1);
  if (asking === undefined) {
    return { program: 'unknown program', pid: undefined, folder: claim.folder, parents: [] };
  }
  const parents = chain.slice(chain.indexOf(asking) + 1).map((info) => programName(info));
  const folder = table.folderOf(asking.pid) ?? claim.folder;
  return { program: programName(asking), pid: asking.pid, folder, parents };
}

/** The process and those above it, nearest first; ends at another user's process. */
async function ancestry(table: ProcessTable, pid: number, ownUid: number | undefined): Promise<readonly ProcessInfo[]> {
  const chain: ProcessInfo[] = [];
  for (let next = pid; next > 1 && chain.length < MAX_ANCESTORS;) {
    const info = await table.read(next);
    if (
      info === undefined ||
      (ownUid !== undefined && info.uid !== ownUid) ||
      chain.some((seen) => seen.pid === next)
    ) {
      break;
    }
    chain.push(info);
    next = info.parentPid;
  }
  return chain;
}

function isHelper(info: ProcessInfo): boolean {
  const [program = '', options, script = ''] = info.args.map((word) => basename(word));
  const isByPerl = program === 'perl' && options === '-fx' && OWN_NAME.test(script);
  return isByPerl || program === 'curl' || OWN_NAME.test(programName(info));
}

/** `sh -c '/path/rolecall credentials …'`, as SDKs run a credential_process. */
function startsHelper({ args }: ProcessInfo): boolean {
  const [program = '', ...rest] = args;
  return SHELL.test(basename(program)) && rest.some((word) => /\brolecall\b.*\bcredentials\b/.test(word));
}

/** `terraform`, or `aws` of `python3 /usr/bin/aws s3 ls`. A login shell calls itself `-bash`; a script read from `/dev/fd/3` has no name. */
export function programName({ args }: Pick<ProcessInfo, 'args'>): string {
  const [program = '', first = ''] = args;
  const name = basename(program).replace(/^-/, '');
  const runsScript = INTERPRETER.test(name) && first !== '' && !/^(?:-|\/dev\/|\/proc\/)/.test(first);
  return runsScript ? basename(first) : name;
}
