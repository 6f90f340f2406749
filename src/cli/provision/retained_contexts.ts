import { printable } from "../output/text.ts";

interface KeptInput {
  /** Names of contexts. */
  readonly kept?: readonly string[];
  /** Of the kubeconfig. */
  readonly path: string;
}

/** What a person should know of contexts that have lost their alias, and that nobody takes from them. */
export function keptLines({ kept = [], path }: KeptInput): readonly string[] {
  return kept.map((name) =>
    printable(
      `Note: context ${name} is in atmos.yaml no more and stays in ${path}: somebody has added to it. ` +
        "auth logout removes it.",
    )
  );
}
