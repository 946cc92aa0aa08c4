import type { JSX } from 'react';
import type { FilePreview } from '../../shared/commands.ts';
import { diffLines } from '../model/diff-lines.ts';
import { classes } from './classes.ts';
import '../dialogs/dialogs.css';

const SIGNS = { added: '+', removed: '−', context: ' ', hunk: '' } as const;

/** A change to a file, line by line. */
export function Diff({ preview }: { readonly preview: FilePreview }): JSX.Element {
  return (
    <figure>
      <figcaption className="diff__file">
        <bdi>{preview.file}</bdi>
      </figcaption>
      <pre className="diff" tabIndex={0}>
        {diffLines(preview.diff).map((line, at) => (
          // Lines of a diff have no identity but their place.
          <span key={at} className={classes('diff__line', `diff__line--${line.kind}`)}>
            {line.kind === 'hunk' ? line.text : `${SIGNS[line.kind]} ${line.text}`}
          </span>
        ))}
      </pre>
    </figure>
  );
}
