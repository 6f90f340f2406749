import { quotePosixVisibly } from "../../formats/text/shell_quote.ts";
import type { OtherCredentials } from "../../kube/kubeconfig/user_credentials.ts";
import { printable } from "../output/text.ts";

interface RetainedInput {
  /** Where the old file is kept that was replaced. */
  readonly backup?: string;
  /** Names of contexts. */
  readonly kept?: readonly string[];
  /** Of the kubeconfig. */
  readonly path: string;
  /** What a user of it has, or had, beside the plugin. */
  readonly otherCredentials?: OtherCredentials;
}

/**
 * What the user should know of what is kept: contexts that have lost their alias, the file that was replaced, and
 * credentials that kubectl prefers to its plugin; and of those that the plugin replaces.
 */
export function renderRetained({ kept = [], path, backup, otherCredentials }: RetainedInput): readonly string[] {
  const contexts = kept.map((name) =>
    `Note: context ${name} is no longer in atmos.yaml; kept in ${path} because it was edited. ` +
    "auth logout removes it."
  );
  const file = backup === undefined ? [] : [`The old file is kept as ${backup}`];
  const credentials = otherCredentials === undefined ? [] : credentialLines(otherCredentials, path);
  return [...contexts, ...file, ...credentials].map(printable);
}

function credentialLines({ user, replaced, preferred }: OtherCredentials, path: string): readonly string[] {
  const notes = replaced.length === 0 ? [] : [
    `Note: the plugin replaces ${replaced.join(", ")} of user ${user}: kubectl does not run a plugin if they are set`,
  ];
  if (preferred.length === 0) return notes;
  const commands = preferred.map((key) =>
    `kubectl config unset ${quotePosixVisibly(`users.${user}.${key}`)} --kubeconfig=${quotePosixVisibly(path)}`
  );
  return [
    ...notes,
    `Warning: kubectl takes ${preferred.join(", ")} of user ${user}, and does not run the plugin`,
    `Hint: To have it run: ${commands.join(" && ")}`,
  ];
}
