import { configureCommand } from "../../../auth/keyring/hints.ts";
import type { Keyring } from "../../../auth/keyring/keyring.ts";
import { parseUserEntry, type UserEntry } from "../../../auth/keyring/user_entry.ts";
import { AppError } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import { printable } from "../../output/printable.ts";

export interface KeptInput {
  readonly identity: string;
  readonly keyring: Keyring;
  /** Replace it without asking. */
  readonly force: boolean;
  /** Whether a person can be asked. */
  readonly somebody: boolean;
}

/**
 * What the keyring has of the identity and may be replaced; undefined when there is nothing. AppError "usage" when
 * nobody can be asked, "interrupted" for a no, else those of the keyring.
 */
export async function keptEntry(host: Needs<"terminal">, input: KeptInput): Promise<UserEntry | undefined> {
  const { identity, keyring, force, somebody } = input;
  const found = await keyring.get(identity);
  if (found === undefined) return undefined;
  const entry = force ? readable(() => parseUserEntry(found, identity)) : parseUserEntry(found, identity);
  if (force) return entry;
  const there = `the keyring has key ${entry!.accessKeyId} of it`;
  if (!somebody) throw unasked(identity, there);
  host.terminal.err(printable(`Identity "${identity}": ${there}, in ${keyring.title}. Replace it? [y/N] `));
  const answer = await host.terminal.line();
  if (answer === undefined) host.terminal.err("\n");
  if (/^\s*y(?:es)?\s*$/i.test(answer ?? "")) return entry;
  throw new AppError("interrupted", `Cannot replace the keys of identity "${identity}": you did not say yes`, {
    hint: "Nothing was written.",
  });
}

function readable(read: () => UserEntry): UserEntry | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

function unasked(identity: string, there: string): AppError {
  return new AppError("usage", `Cannot replace the keys of identity "${identity}": ${there}`, {
    hint: `If they are to be replaced: ${configureCommand(identity)} --force …`,
  });
}
