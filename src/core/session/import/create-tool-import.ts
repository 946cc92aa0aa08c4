import type { Surroundings } from '../ports.ts';
import { createProgramRunner } from '../resolve/program-runner.ts';
import { ToolImport, type ToolImportParts } from './tool-import.ts';

/** Importing on this machine. */
export function createToolImport(
  parts: Omit<ToolImportParts, 'runProgram'> & { readonly surroundings: Surroundings },
): ToolImport {
  return new ToolImport({ ...parts, runProgram: createProgramRunner(parts.surroundings.clock) });
}
