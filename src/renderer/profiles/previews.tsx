import { memo, type JSX } from 'react';
import type { FilePreview } from '../../shared/commands.ts';
import { Diff } from '../components/diff.tsx';
import { useProfileToolWords } from '../i18n/profile-tool-words.ts';
import './profiles.css';

/** What would change in the files, or that nothing would. Drawn again only for other previews: there may be thousands of lines. */
export const Previews = memo(function Previews(props: {
  readonly previews: readonly FilePreview[] | undefined;
}): JSX.Element {
  const words = useProfileToolWords();
  const { previews } = props;
  return (
    <div className="previews" aria-live="polite" aria-busy={previews === undefined}>
      {previews === undefined && <p className="member__note">{words.looking}</p>}
      {previews?.length === 0 && <p className="member__note">{words.nothing}</p>}
      {previews?.map((preview) => (
        <Diff key={preview.file} preview={preview} />
      ))}
    </div>
  );
});
