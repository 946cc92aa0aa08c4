import * as v from 'valibot';
import { GUIDE_FORMATS } from '../../shared/guide-formats.ts';
import type { GUIDE_SIDES, GuideText } from '../../shared/member-commands.ts';
import { textOption, type Arguments, type CommandSpec } from '../command-spec.ts';
import { EXIT } from '../exit-codes.ts';
import { UsageError } from '../usage-error.ts';

const WAYS = ['iam', 'identity-center'] as const;

const ANSWERS = {
  account: 'homeAccountId',
  'work-account': 'workAccountId',
  user: 'userName',
  role: 'roleName',
  'permission-set': 'permissionSetName',
  'start-url': 'startUrl',
  region: 'region',
} as const;

/** `rolecall guide`: from nothing to safe access, step by step. */
export const guide: CommandSpec = {
  name: 'guide',
  synopsis:
    'guide [iam|identity-center] [--admin] [--format json|cloudformation|terraform] [--account ID] [--work-account ID] [--user NAME] [--role NAME] [--permission-set NAME] [--start-url URL] [--region R]',
  summary: 'Show the way to safe access, with your own names filled in and every document to copy',
  options: {
    admin: { type: 'boolean', help: "the administrator's side instead of your own" },
    format: { type: 'string', value: 'F', values: GUIDE_FORMATS, help: 'the form of the documents' },
    account: { type: 'string', value: 'ID', help: 'the account of the users' },
    'work-account': { type: 'string', value: 'ID', help: 'the account of the roles' },
    user: { type: 'string', value: 'NAME', help: 'your IAM user' },
    role: { type: 'string', value: 'NAME', help: 'the role to reach' },
    'permission-set': { type: 'string', value: 'NAME', help: 'the permission set to reach' },
    'start-url': { type: 'string', value: 'URL', help: 'the address of the access portal' },
    region: { type: 'string', value: 'R', help: 'the region of the Identity Center, or to work in' },
  },
  positionals: { min: 0, max: 1, values: WAYS },
  examples: ['', 'identity-center --admin --format terraform --work-account 111122223333'],
  async run(args, context) {
    const answers = Object.fromEntries(
      Object.entries(ANSWERS).map(([option, field]) => [field, textOption(args, option)]),
    );
    // Nobody but this command needs the guide's documents.
    const { readGuide } = await import('../../core/app/read-guide.ts');
    const text = readGuide({ side: sideOf(args), format: formatOf(args), answers });
    context.out(context.json ? JSON.stringify(text, null, 2) : guideText(text));
    return EXIT.ok;
  },
};

function sideOf(args: Arguments): (typeof GUIDE_SIDES)[number] {
  const [asked = 'iam'] = args.positionals;
  const way = WAYS.find((each) => each === asked);
  if (way === undefined) {
    throw new UsageError('This guide is not known.', `One of: ${WAYS.join(', ')}.`);
  }
  return `${args.options['admin'] === true ? 'admin' : 'member'}-${way}`;
}

function formatOf(args: Arguments): (typeof GUIDE_FORMATS)[number] {
  const parsed = v.safeParse(v.picklist(GUIDE_FORMATS), textOption(args, 'format') ?? 'json');
  if (!parsed.success) {
    throw new UsageError('--format is not known.', `One of: ${GUIDE_FORMATS.join(', ')}.`);
  }
  return parsed.output;
}

function guideText({ steps, missing }: GuideText): string {
  const parts = steps.map((step, index) =>
    [
      `${index + 1}. ${step.title}`,
      ...step.paragraphs,
      ...step.links.map(({ label, url }) => `${label}: ${url}`),
      ...step.documents.map(({ title, fileName, text }) => `--- ${title} (${fileName})\n${text}`),
    ].join('\n\n'),
  );
  const note =
    missing.length === 0 ? [] : ['Names in capitals stand for yours: give them as options (rolecall help guide).'];
  return [...parts, ...note].join('\n\n');
}
