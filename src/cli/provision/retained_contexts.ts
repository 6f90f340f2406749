import { printable } from "../output/text.ts";

interface KeptInput {
  /** Where the old file is kept that was replaced. */
  readonly backup?: string;
  /** Names of contexts. */
  readonly kept?: readonly string[];
  /** Of the kubeconfig. */
  readonly path: string;
}

/** What the user should know of what is kept: contexts that have lost their alias, and the file that was replaced. */
export function keptLines({ kept = [], path, backup }: KeptInput): readonly string[] {
  const contexts = kept.map((name) =>
    `Note: context ${name} is no longer in atmos.yaml and stays in ${path}, since it was edited. ` +
    "auth logout removes it."
  );
  return [...contexts, ...(backup === undefined ? [] : [`The old file is kept as ${backup}`])].map(printable);
}
