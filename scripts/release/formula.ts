import { checkRepository } from "./installer.ts";

export interface FormulaInput {
  readonly repository: string;
  readonly version: string;
  /** The text of SHA256SUMS. */
  readonly sums: string;
}

/** Returns the Homebrew formula. Throws RangeError where SHA256SUMS lacks an executable that the template names. */
export function renderFormula(template: string, { repository, version, sums }: FormulaInput): string {
  const known = new Map(sums.split("\n").map((line) => line.split(/ [ *]/)).map(([sum, name]) => [name, sum!]));
  const values: Readonly<Record<string, string>> = { REPOSITORY: checkRepository(repository), VERSION: version };
  return template.replace(/@([A-Z0-9]+)(?::([\w.-]+))?@/g, (_all, key: string, asset: string | undefined) => {
    const value = asset === undefined ? values[key] : known.get(asset);
    if (value === undefined) throw new RangeError(`SHA256SUMS has no checksum of ${asset ?? key}`);
    return value;
  });
}
