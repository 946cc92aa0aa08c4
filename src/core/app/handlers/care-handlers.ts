import type { careCommandInputs, DoctorFinding, DoctorResult, ToolDifference } from '../../../shared/care-commands.ts';
import type { PlacedFinding } from '../../session/doctor/finding.ts';
import type { DoctorReport } from '../../session/doctor/run-doctor.ts';
import type { ToolView } from '../../session/doctor/tool-views.ts';
import type { HandlerContext, HandlersOf } from './handler.ts';

type CareCommand = Exclude<keyof typeof careCommandInputs, 'chooseSecretStore' | 'unlockSecretStore'>;

/** Commands that keep the machine in order. */
export function careHandlers({ services, files, access, signal }: HandlerContext): HandlersOf<CareCommand> {
  const reload = async (): Promise<void> => {
    await files.load();
    await access.refresh();
  };
  return {
    async runDoctor({ offline = false }) {
      await services.secretStore.refresh();
      return doctorResult(await services.care.doctor.run({ offline, signal }));
    },
    async applyFix({ findingId, preview = false }) {
      const { doctor } = services.care;
      const { previews, undoId } = await (preview ? doctor.previewFix(findingId) : doctor.applyFix(findingId));
      await (preview ? undefined : reload());
      return { previews, undoId };
    },
  };
}

/** What the doctor found, as screens and scripts get it. */
export function doctorResult({ findings, views }: DoctorReport): DoctorResult {
  return {
    findings: findings.map(doctorFinding),
    differences: views
      .filter(({ agree }) => !agree)
      .map(({ profile, awsCli, jsSdk }) => ({ profile, awsCli: shownKind(awsCli), jsSdk: shownKind(jsSdk) })),
  };
}

function doctorFinding({
  id,
  code,
  area,
  severity,
  title,
  why,
  hint,
  file,
  line,
  about,
  fix,
}: PlacedFinding): DoctorFinding {
  return { id, code, area, severity, title, why, hint, file, line, about, canFix: fix !== undefined };
}

function shownKind(kind: ToolView['awsCli']): ToolDifference['awsCli'] {
  return kind === 'empty' ? 'settings-only' : kind;
}
