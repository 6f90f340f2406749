import { argumentWords } from "../../../formats/text/command_words.ts";
import { nameCommand } from "../../../remedy.ts";
import type { AwsUser } from "../../../auth/kinds/identities/aws_user/schema.ts";
import type { Keyring } from "../../../auth/keyring/keyring.ts";
import { openKeyring } from "../../../auth/kinds/keyrings/registry.ts";
import { userEntryText } from "../../../auth/keyring/user_entry.ts";
import { forgetUserSessions } from "../../../auth/logout/forget_user_sessions.ts";
import type { AuthModel } from "../../../auth/model/model.ts";
import type { LoginUi } from "../../../auth/flow/login_host.ts";
import type { Named } from "../../../config/schema/entry.ts";
import { resolveRealm } from "../../../auth/model/realm.ts";
import { findDirectoryNamed } from "../../../config/load_config.ts";
import { AppError } from "../../../errors.ts";
import { buildChain } from "../../../auth/model/chain.ts";
import { credentialPowers } from "../../../auth/model/used_powers.ts";
import { loadProjectAuth, reportWarnings } from "../../project/load.ts";
import { trustGate } from "../../project/trust_question.ts";
import { hasInteractiveTerminal, terminalUi } from "../../login/terminal_ui.ts";
import { paintFor } from "../../output/paint.ts";
import { printable } from "../../output/text.ts";
import { checkGiven, readGivenKeys } from "./read_keys.ts";
import { findRequestedUser, mergeStoredEntry, type UserHost, type UserInput } from "./entry.ts";
import { renderParts } from "../../output/remedy.ts";

interface Opened {
  readonly identity: AwsUser & Named;
  readonly model: AuthModel;
  readonly realm: string;
  readonly keyring: Keyring;
  readonly ui: LoginUi;
  readonly input: UserInput;
}

/** `atmos auth user configure`: keeps an IAM user's keys where logins find them, and nowhere else. */
export async function runAuthUserConfigure(host: UserHost, input: UserInput): Promise<number> {
  const opened = await open(host, input);
  if (input.flags.delete) return await remove(host, opened);
  return await keep(host, opened);
}

async function open(host: UserHost, input: UserInput): Promise<Opened> {
  const { globals, args } = input;
  const { config, model, problems } = await loadProjectAuth(host, globals, trustGate(host, globals));
  const identity = await findRequestedUser(host, {
    model,
    directory: findDirectoryNamed(config),
    argument: args[0],
    globals,
  });
  reportWarnings(host, { problems, globals });
  if (model.keyring.type === "memory") throw fleeting();
  await model.trust.require(credentialPowers(model, buildChain(model, identity.name)));
  const ui = terminalUi(host, { globals });
  const directory = findDirectoryNamed(config);
  const realm = (await resolveRealm(host, { configured: model.realm, directory })).value;
  return {
    identity,
    model,
    realm,
    ui,
    input,
    keyring: await openKeyring(host, { configured: model.keyring, realm, ui }),
  };
}

async function keep(host: UserHost, { identity, model, realm, keyring, ui, input }: Opened): Promise<number> {
  const { flags, globals } = input;
  const { name } = identity;
  const say = (text: string) => host.terminal.err(`${printable(text)}\n`);
  const canAsk = host.terminal.isTty.stdin && hasInteractiveTerminal(host);
  if (identity.keys !== undefined) {
    say(
      `Note: atmos.yaml defines access keys for identity "${name}"; they take precedence until they are removed there.`,
    );
  }
  checkGiven({ flags, identity: name, canAsk });
  const kept = await mergeStoredEntry(host, { identity: name, keyring, force: flags.force, canAsk });
  const keys = await readGivenKeys(host, {
    flags,
    identity: name,
    ui,
    canAsk,
    mfaKnown: identity.mfaArn !== undefined,
  });
  await keyring.set(name, userEntryText({ ...keys, sessionDuration: kept?.sessionDuration }));
  // Sessions of the former keys may be another user's.
  const problems = identity.keys === undefined ? await forgetUserSessions(host, { model, realm, identity }) : [];
  problems.forEach(ui.warn);
  const paint = paintFor(host, { stream: "stderr", globals });
  host.terminal.err(`${paint("green", "✓")} ${printable(`Stored key ${keys.accessKeyId} of identity "${name}"`)}\n`);
  say(`  Where: ${keyring.title}`);
  say(`  Next:  ${renderParts(host, [{ kind: "login", identity: name }])}`);
  return 0;
}

async function remove(host: UserHost, { identity: { name, keys }, keyring }: Opened): Promise<number> {
  const say = (text: string) => host.terminal.err(`${printable(text)}\n`);
  if (!await keyring.remove(name)) {
    say(`Nothing to remove: there are no keys of identity "${name}" in ${keyring.title}.`);
  } else {
    say(`Removed the keys of identity "${name}" from ${keyring.title}`);
    say(
      `  Sessions made with them stay valid until they expire: ${
        renderParts(host, nameCommand("auth", "logout", ...argumentWords(name)))
      }`,
    );
  }
  if (keys !== undefined) say(`  atmos.yaml still defines access keys for it.`);
  return 0;
}

function fleeting(): AppError {
  const found = "a keyring of type memory is gone when this command ends";
  return new AppError("config-invalid", `Cannot store keys: ${found}`, {
    hint: "Set auth.keyring.type in atmos.yaml to system or file, or ATMOS_KEYRING_TYPE=file",
  });
}
