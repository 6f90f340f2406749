import { argumentWords } from "../../../formats/text/command_words.ts";
import { credentialPowers } from "../../../auth/model/used_powers.ts";
import type { FileProblem } from "../../../auth/files/file_problem.ts";
import { locateIdentity } from "../../../auth/login/identity.ts";
import { buildChain } from "../../../auth/model/chain.ts";
import { evidentIdentity, selectIdentity } from "../../../auth/model/select_identity.ts";
import type { ConfigHost } from "../../../config/load_config.ts";
import { AppError, EXIT_STATUS } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import type { Input } from "../../args/command.ts";
import { type Globals, isWithoutIdentity } from "../../args/global_flags.ts";
import type { AUTH_STATUS_FLAGS } from "./command.ts";
import { warns } from "../../output/report.ts";
import { jsonText } from "../../output/json_text.ts";
import { type LoadedAuth, loadProjectAuth, reportWarnings } from "../../project/load.ts";
import { findTrustMarks } from "../../project/trust_marks.ts";
import { judgeStatus, statusData } from "../../login/login_status.ts";
import { findRequestedIdentity } from "../../login/select_identity.ts";
import { tableWidth } from "../../output/table.ts";
import { printable } from "../../output/text.ts";
import { isValidStatus, listStatuses, renderStatuses, statusesData } from "./all_identities.ts";
import { nameCommand } from "../../../remedy.ts";
import { renderHints } from "../../output/remedy.ts";

/** `atmos auth status`: whether stored credentials last, of one identity or of all; the exit status says the same. */
export async function runAuthStatus(
  host: ConfigHost & Needs<"sys" | "clock" | "terminal">,
  input: Input<typeof AUTH_STATUS_FLAGS>,
): Promise<number> {
  const { flags, globals, args } = input;
  const auth = await loadProjectAuth(host, globals);
  if (flags.all || (args.length === 0 && globals.identity === undefined)) return await showAll(host, { auth, input });
  const target = await findRequestedIdentity(host, { globals, argument: args[0], auth });
  const located = await locateIdentity(host, target);
  const marks = await findTrustMarks(auth, credentialPowers(auth.model, located.chain));
  reportWarnings(host, { problems: marks, globals });
  warnOfFiles(host, { problems: [located.problem], globals });
  const about = { located, isTrusted: marks.length === 0, now: host.clock.now(), minTtl: flags["min-ttl"] };
  const { valid, text, short } = judgeStatus(about);
  const json = flags.output === "json";
  host.terminal.out(json ? jsonText(statusData(about)) : printable(`${located.name}: ${text}`) + "\n");
  if (valid !== false) return 0;
  if (!json) hintAtLogin(host, { name: located.name, isShort: short, flags });
  return EXIT_STATUS["login-needed"];
}

/**
 * The exit status is that of the identity that commands take where none is named; with `--all`, or where there is none,
 * any of them will do.
 */
async function showAll(
  host: ConfigHost & Needs<"sys" | "clock" | "terminal">,
  { auth, input: { args: [first], flags, globals } }: {
    readonly auth: LoadedAuth;
    readonly input: Input<typeof AUTH_STATUS_FLAGS>;
  },
): Promise<number> {
  if (first !== undefined) {
    throw new AppError("usage", `Cannot use both "${first}" and --all: they exclude each other`, {
      hint: "Use one of them",
    });
  }
  const current = findCurrent(auth.model, globals);
  const statuses = await listStatuses(host, { auth, current });
  if (statuses.length === 0) await findRequestedIdentity(host, { globals: { ...globals, identity: undefined }, auth });
  reportWarnings(host, { problems: auth.problems, globals });
  warnOfFiles(host, { problems: statuses.map(({ located }) => located?.problem), globals });
  const shown = { now: host.clock.now(), minTtl: flags["min-ttl"] };
  const json = flags.output === "json";
  const text = json
    ? jsonText(statusesData(statuses, shown))
    : renderStatuses(statuses, { ...shown, width: tableWidth(host) }).map((line) => `${line}\n`).join("");
  host.terminal.out(text);
  const meant = flags.all ? undefined : statuses.find(({ isCurrent }) => isCurrent);
  if (meant?.error !== undefined) return EXIT_STATUS[meant.error.code];
  const decisive = meant === undefined ? statuses : [meant];
  if (decisive.some((one) => isValidStatus(one, shown) !== false)) return 0;
  const isShort = meant?.located !== undefined && judgeStatus({ located: meant.located, ...shown }).short;
  if (!json) hintAtLogin(host, { name: meant?.name, isShort, flags });
  return EXIT_STATUS["login-needed"];
}

/** Each problem once. */
function warnOfFiles(
  host: Needs<"terminal">,
  { problems, globals }: {
    readonly problems: readonly (FileProblem | undefined)[];
    readonly globals: Input<typeof AUTH_STATUS_FLAGS>["globals"];
  },
): void {
  if (!warns(globals)) return;
  const found = problems.filter((problem) => problem !== undefined);
  for (const one of new Map(found.map((one) => [one.message, one])).values()) {
    host.terminal.err(`Warning: ${printable(one.message)}\n${renderHints(host, one)}`);
  }
}

/** Without the flag, a login leaves credentials alone that last for a quarter of an hour. */
function hintAtLogin(
  host: Needs<"terminal">,
  { name, isShort, flags }: Pick<Input<typeof AUTH_STATUS_FLAGS>, "flags"> & {
    readonly name: string | undefined;
    readonly isShort: boolean;
  },
): void {
  const more = isShort ? ["--min-ttl", flags["min-ttl"].text] : [];
  const hint = nameCommand("auth", "login", ...(name === undefined ? more : argumentWords(name, more)));
  host.terminal.err(renderHints(host, { hint }));
}

/** The identity that commands take, by --identity, ATMOS_IDENTITY or by themselves; undefined where nothing says which. */
function findCurrent(model: LoadedAuth["model"], { identity }: Pick<Globals, "identity">): string | undefined {
  if (isWithoutIdentity({ identity })) return undefined;
  try {
    return identity ? buildChain(model, identity).identities.at(-1)!.name : findSelected(model);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** Of a repository that adds identities to the user's own, none is taken where a command needs one. */
function findSelected(model: LoadedAuth["model"]): string | undefined {
  if (evidentIdentity(model) === undefined) return undefined;
  const selected = selectIdentity(model, { said: undefined, interactive: true });
  return selected.kind === "named" ? selected.name : undefined;
}
