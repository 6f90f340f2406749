import { argumentWords } from "../../../formats/text/command_words.ts";
import type { Keyring, KeyringHost } from "../../../auth/keyring/keyring.ts";
import { parseUserEntry, type UserEntry } from "../../../auth/keyring/user_entry.ts";
import { AppError, cancelledByUser } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import { printable } from "../../output/text.ts";
import type { AskHost } from "../../login/ask_identity.ts";
import { isConfirmed } from "../../prompt/confirm.ts";
import { buildChain } from "../../../auth/model/chain.ts";
import type { AwsUser } from "../../../auth/kinds/identities/aws_user/schema.ts";
import { IDENTITIES, isUser } from "../../../auth/kinds/identities/registry.ts";
import {
  configuredIdentities,
  type ConfiguredIdentity,
  withIdentities,
} from "../../../auth/model/configured_identities.ts";
import { hintWithSkipped } from "../../../config/values/skipped_import.ts";
import { isElsewhere } from "../../../config/schema/lookup.ts";
import type { AuthModel, Identity } from "../../../auth/model/model.ts";
import type { Named } from "../../../config/schema/entry.ts";
import type { Globals } from "../../args/global_flags.ts";
import { askForIdentity, checkOneSelection } from "../../login/select_identity.ts";
import type { ConfigHost } from "../../../config/load_config.ts";
import type { Input } from "../../args/command.ts";
import type { AUTH_USER_CONFIGURE_FLAGS } from "./command.ts";
import { nameCommand, remedy } from "../../../remedy.ts";

interface StoredEntryInput {
  readonly identity: string;
  readonly keyring: Keyring;
  /** Replace it without asking. */
  readonly force: boolean;
  /** Whether a person can be asked. */
  readonly canAsk: boolean;
}

/**
 * What the keyring has of the identity and may be replaced; undefined when there is nothing. AppError "usage" when
 * no one can be asked, "interrupted" for a no, else those of the keyring.
 */
export async function mergeStoredEntry(
  host: Needs<"terminal">,
  input: StoredEntryInput,
): Promise<UserEntry | undefined> {
  const { identity, keyring, force, canAsk } = input;
  const found = await keyring.get(identity);
  if (found === undefined) return undefined;
  const entry = force ? readable(() => parseUserEntry(found, identity)) : parseUserEntry(found, identity);
  if (force) return entry;
  const there = `the keyring has key ${entry!.accessKeyId} for it`;
  if (!canAsk) throw makeUnasked(identity, there);
  const question = `Identity "${identity}": ${there}, in ${keyring.title}. Replace it?`;
  if (await isConfirmed(host, printable(question))) return entry;
  throw cancelledByUser("Cancelled: nothing was changed");
}

function readable(read: () => UserEntry): UserEntry | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

function makeUnasked(identity: string, there: string): AppError {
  return new AppError("usage", `Cannot replace the keys of identity "${identity}": ${there}`, {
    hint: remedy`To replace them: ${{ kind: "store-keys", identity, how: "replace" }} …`,
  });
}

interface UserChoice {
  readonly model: AuthModel;
  /** Where the strongest atmos.yaml lies; undefined when there is none. */
  readonly directory: string | undefined;
  readonly argument: string | undefined;
  /** `identity` is that of `--identity` or ATMOS_IDENTITY; "" to be asked. */
  readonly globals: Globals;
}

/**
 * The identity of kind aws/user that is meant: named, the default or the only one among them, or chosen on a terminal.
 * AppError "identity-not-found" when there is none, "usage" for one of another kind, else as for askForIdentity.
 */
export async function findRequestedUser(
  host: AskHost,
  { model, directory, argument, globals }: UserChoice,
): Promise<AwsUser & Named> {
  checkOneSelection(host, {
    doing: "store keys of",
    command: "auth user configure",
    argument,
    globals,
    wider: undefined,
  });
  const users = withIdentities(model, mayBeUser);
  const named = argument ?? globals.identity;
  const isNone = configuredIdentities(users).length === 0 && configuredIdentities(model).length > 0;
  if (isNone && (named === undefined || named === "")) throw noUser(model);
  const name = await askForIdentity(host, { model: users, directory, argument, globals });
  const identity = buildChain(model, name).identities.at(-1)!;
  if (isUser(identity)) return identity;
  throw makeOtherKind(identity, [...users.identities.keys()]);
}

/** One whose kind cannot be read may be, too. */
function mayBeUser({ kind }: ConfiguredIdentity): boolean {
  return kind === USER_KIND || kind === undefined || !(Object.hasOwn(IDENTITIES, kind) || isElsewhere(kind));
}

const USER_KIND = "aws/user";

function noUser({ skippedImports }: AuthModel): AppError {
  const message = "Cannot choose an identity: atmos.yaml has no aws/user identity, and only those have access keys";
  return new AppError("identity-not-found", message, {
    hint: hintWithSkipped(skippedImports, remedy`List identities: ${nameCommand("auth", "list", "--identities")}`),
  });
}

const SHOWN = 8;

function makeOtherKind({ name, kind, place }: Identity, users: readonly string[]): AppError {
  const found = `it is of kind ${kind}, and only aws/user has access keys`;
  const among = users.slice(0, SHOWN).join(", ") + (users.length > SHOWN ? ", …" : "");
  return new AppError("usage", `Cannot store keys of identity "${name}": ${found}`, {
    hint: users.length === 0
      ? remedy`To log in as it: ${nameCommand("auth", "login", ...argumentWords(name))}`
      : `Use one that is: ${among}`,
    place,
  });
}

export type UserHost = ConfigHost & KeyringHost & Needs<"terminal">;
export type UserInput = Input<typeof AUTH_USER_CONFIGURE_FLAGS>;
