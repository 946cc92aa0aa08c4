import type { NewDevice } from '../../core/session/mfa/mfa-devices.ts';
import { askTwoCodes, withTerminal } from '../ask.ts';
import type { CliContext } from '../cli-context.ts';
import { textOption, type Arguments, type CommandSpec, type OptionTable } from '../command-spec.ts';
import { EXIT } from '../exit-codes.ts';
import { qrLines } from '../qr-lines.ts';
import { table, terminalText } from '../terminal-text.ts';
import { UsageError } from '../usage-error.ts';

const PROFILE: OptionTable = {
  profile: {
    type: 'string',
    value: 'P',
    values: 'profiles',
    help: 'the profile with the access key of the user; without it the one in AWS_PROFILE',
  },
};

function profileOf(args: Arguments, context: CliContext): string {
  const profile = textOption(args, 'profile') ?? context.surroundings.env['AWS_PROFILE'] ?? '';
  if (profile === '') {
    throw new UsageError('--profile is missing.', 'Name the profile that holds the access key of the user.');
  }
  return profile;
}

/** `rolecall mfa list`. */
export const mfaList: CommandSpec = {
  name: 'mfa list',
  synopsis: 'mfa list --profile P [--json]',
  summary: 'List the MFA devices of the user behind a profile',
  options: PROFILE,
  examples: ['--profile me'],
  async run(args, context) {
    const { members } = await context.services();
    const devices = await members.devices.list(profileOf(args, context), context.call());
    if (context.json) {
      context.out(JSON.stringify({ devices }, null, 2));
    } else if (devices.length === 0) {
      context.out('No MFA device yet. Enrol one: rolecall mfa enrol --profile P');
    } else {
      const rows = devices.map((device) => [
        device.deviceName,
        device.mfaSerial,
        device.hasSeedHere ? 'codes made here' : '',
      ]);
      context.out(table([['DEVICE', 'SERIAL', ''], ...rows]));
    }
    return EXIT.ok;
  },
};

/** `rolecall mfa enrol`: the picture is drawn on the terminal itself, so that it is never in a pipe or a file. */
export const mfaEnrol: CommandSpec = {
  name: 'mfa enrol',
  synopsis: 'mfa enrol --profile P [--keep-seed]',
  summary: 'Enrol a virtual MFA device for the user behind a profile; --keep-seed lets Rolecall make its codes',
  options: {
    ...PROFILE,
    'keep-seed': {
      type: 'boolean',
      help: 'keep the seed in the secret store, show no picture, and make the codes here',
    },
  },
  examples: ['--profile me', '--profile me --keep-seed'],
  async run(args, context) {
    const { members } = await context.services();
    const isKept = args.options['keep-seed'] === true;
    const device = await members.devices.begin(profileOf(args, context), context.call());
    try {
      await confirm(device, isKept, context);
    } catch (error) {
      await members.devices.abandon(device, { ...context.call(), signal: new AbortController().signal });
      throw error;
    }
    context.out(
      context.json ? JSON.stringify({ mfaSerial: device.mfaSerial }) : terminalText(`Enrolled ${device.mfaSerial}.`),
    );
    return EXIT.ok;
  },
};

async function confirm(device: NewDevice, isKept: boolean, context: CliContext): Promise<void> {
  const { members } = await context.services();
  if (!isKept) {
    await withTerminal(context, 'Enrolling a device', async (terminal) => {
      terminal.write(`Scan this with your authenticator:\n\n${qrLines(device.qrCode.rows.reveal())}\n\n`);
      terminal.write(`Or type this setup key: ${device.seed.reveal()}\n\n`);
    });
  }
  const codes = isKept ? ('from-kept-seed' as const) : await askTwoCodes(context, device.mfaSerial);
  await members.devices.finish(device, codes, isKept, context.call());
}

/** `rolecall mfa resync`. */
export const mfaResync: CommandSpec = {
  name: 'mfa resync',
  synopsis: 'mfa resync SERIAL --profile P',
  summary: 'Let AWS learn the clock of a device anew, by two codes in a row',
  options: PROFILE,
  positionals: { min: 1, max: 1 },
  examples: ['arn:aws:iam::111122223333:mfa/me --profile me'],
  async run(args, context) {
    const [mfaSerial = ''] = args.positionals;
    const profile = profileOf(args, context);
    const { members } = await context.services();
    await members.devices.requireDevice(profile, mfaSerial, context.call());
    await members.devices.resync(profile, mfaSerial, await askTwoCodes(context, mfaSerial), context.call());
    context.out(context.json ? JSON.stringify({ mfaSerial }) : 'The device and AWS agree on the time again.');
    return EXIT.ok;
  },
};

/** `rolecall mfa remove`. */
export const mfaRemove: CommandSpec = {
  name: 'mfa remove',
  synopsis: 'mfa remove SERIAL --profile P',
  summary: 'Take an MFA device from the user behind a profile',
  options: PROFILE,
  positionals: { min: 1, max: 1 },
  examples: ['arn:aws:iam::111122223333:mfa/old-phone --profile me'],
  async run(args, context) {
    const [mfaSerial = ''] = args.positionals;
    const { members } = await context.services();
    await members.devices.remove(profileOf(args, context), mfaSerial, context.call());
    context.out(context.json ? JSON.stringify({ mfaSerial }) : terminalText(`Removed ${mfaSerial}.`));
    return EXIT.ok;
  },
};
