import { guideDocument, type GuideDocumentId, type GuideFormat } from '../session/guide/guide-documents.ts';
import { guideFacts, type GuideFacts } from '../session/guide/guide-facts.ts';
import { guideSteps } from '../session/guide/guide-steps.ts';
import type { ParsedCommand } from '../../shared/commands.ts';
import type { GuideText } from '../../shared/member-commands.ts';

/** The steps of one side with its documents, the reader's own names filled in. Throws BadInputError for a name that AWS would not take. */
export function readGuide({ side, format, answers }: ParsedCommand<'readGuide'>): GuideText {
  const facts = guideFacts(answers);
  const steps = guideSteps(side, facts).map((step) => ({
    ...step,
    documents: step.documents.map((id) => documentOf(id, format, facts)),
  }));
  return { missing: facts.missing, steps };
}

function documentOf(id: GuideDocumentId, format: GuideFormat, facts: GuideFacts) {
  const { title, fileName, text } = guideDocument(id, format, facts);
  return { id, title, fileName, text };
}
