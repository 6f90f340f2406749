import { quotePosix } from "../../../formats/text/shell_quote.ts";
import { credentialPowers } from "../../../auth/model/used_powers.ts";
import { locateIdentity } from "../../../auth/login/identity.ts";
import type { ConfigHost } from "../../../config/load_config.ts";
import { AppError, EXIT_STATUS } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import type { Input } from "../../args/command.ts";
import type { AUTH_STATUS_FLAGS } from "./command.ts";
import { warns } from "../../output/report.ts";
import { jsonText } from "../../output/json_text.ts";
import { type AuthOf, authOf, warnOf } from "../../project/load.ts";
import { findTrustMarks } from "../../project/trust_marks.ts";
import { wantedIdentity } from "../../login/select_identity.ts";
import { tableWidth } from "../../output/table.ts";
import { printable } from "../../output/text.ts";
import { isValidStatus, listStatuses, renderStatuses, statusesData } from "./all_identities.ts";
import { statusData, statusOf } from "./login_status.ts";
import { renderHints } from "../../../cli/output/remedy.ts";

/** `atmos auth status`: whether kept credentials last; the exit status says the same. */
export async function runAuthStatus(
  host: ConfigHost & Needs<"sys" | "clock" | "terminal">,
  input: Input<typeof AUTH_STATUS_FLAGS>,
): Promise<number> {
  const { flags, globals, args } = input;
  const auth = await authOf(host, globals);
  if (flags.all) return await showAll(host, { auth, input });
  const target = await wantedIdentity(host, { globals, argument: args[0], auth });
  const located = await locateIdentity(host, target);
  const marks = await findTrustMarks(auth, credentialPowers(auth.model, located.chain));
  warnOf(host, { problems: marks, globals });
  if (located.problem !== undefined && warns(globals)) {
    host.terminal.err(
      `Warning: ${printable(located.problem.message)}\n${renderHints(located.problem)}`,
    );
  }
  const about = { located, isTrusted: marks.length === 0, now: host.clock.now(), minTtl: flags["min-ttl"] };
  const { valid, text, short } = statusOf(about);
  const json = flags.output === "json";
  host.terminal.out(json ? jsonText(statusData(about)) : printable(`${located.name}: ${text}`) + "\n");
  if (valid !== false) return 0;
  // Without the flag, a login leaves credentials alone that last for a quarter of an hour.
  const more = short ? ` --min-ttl ${flags["min-ttl"].text}` : "";
  if (!json) host.terminal.err(`Hint: ${printable(`atmos auth login ${quotePosix(located.name)}${more}`)}\n`);
  return EXIT_STATUS["login-needed"];
}

/** The exit status is that of one identity, as if any of them would do. */
async function showAll(
  host: ConfigHost & Needs<"sys" | "clock" | "terminal">,
  { auth, input: { args: [first], flags, globals } }: {
    readonly auth: AuthOf;
    readonly input: Input<typeof AUTH_STATUS_FLAGS>;
  },
): Promise<number> {
  if (first !== undefined) {
    throw new AppError("usage", `Cannot use both "${first}" and --all: they exclude each other`, {
      hint: "Give one of them.",
    });
  }
  const statuses = await listStatuses(host, auth);
  if (statuses.length === 0) await wantedIdentity(host, { globals: { ...globals, identity: undefined }, auth });
  warnOf(host, { problems: auth.problems, globals });
  const shown = { now: host.clock.now(), minTtl: flags["min-ttl"] };
  const text = flags.output === "json"
    ? jsonText(statusesData(statuses, shown))
    : renderStatuses(statuses, { ...shown, width: tableWidth(host) }).map((line) => `${line}\n`).join("");
  host.terminal.out(text);
  return statuses.some((one) => isValidStatus(one, shown) !== false) ? 0 : EXIT_STATUS["login-needed"];
}
