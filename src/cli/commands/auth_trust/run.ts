import { flagWords } from "../../../formats/text/command_words.ts";
import { briefPath, briefValue } from "../../../config/trust/brief_value.ts";
import { makeTrustRecords, type UntrustedPower } from "../../../config/trust/trust_gate.ts";
import { forgetFiles, type TrustedPower, trustedPowers, trustPowers } from "../../../config/trust/trust_list.ts";
import { AppError, cancelledByUser } from "../../../errors.ts";
import { escapeControls } from "../../../formats/text/terminal_text.ts";
import { formatCount, printable } from "../../output/text.ts";
import { paintFor } from "../../output/paint.ts";
import { confirmTrust, powersText } from "../../project/trust_question.ts";
import { findRequestedPowers } from "./requested_powers.ts";
import { findRevoked } from "./revoked_files.ts";
import type { Host, Needs } from "../../../host/host.ts";
import { jsonText } from "../../output/json_text.ts";
import { isFileThere } from "../../../config/files/file_checks.ts";
import type { Input } from "../../args/command.ts";
import { TYPED_COMMAND } from "../../output/typed_command.ts";
import type { AUTH_TRUST_FLAGS } from "./command.ts";
import { joinLines, nameCommand, remedy } from "../../../remedy.ts";

/** `atmos auth trust`: shows what the configuration wants to do, asks, and remembers the answer. Runs nothing of it. */
export async function runAuthTrust(host: TrustHost, input: TrustInput): Promise<number> {
  const { flags, args } = input;
  if (args.length > 0 && (flags.list || flags.revoke !== undefined)) throw makeFileNotWanted(args[0]!);
  if (flags.output !== "text" && !flags.list) throw onlyForList(flags.output);
  if (flags.list) return listTrusted(host, flags);
  if (flags.revoke !== undefined) return await revokeTrust(host, input);
  // Looking would take a list that cannot be used for a fault of the configuration.
  trustedPowers(host);
  const found = await findRequestedPowers(host, { globals: input.globals, named: args[0], stack: flags.stack });
  if (found.length === 0) host.terminal.err("Nothing needs trust.\n");
  else await decide(host, { found, input });
  return 0;
}

function makeFileNotWanted(file: string): AppError {
  return new AppError("usage", `Cannot use file "${file}": it cannot be combined with --list or --revoke`, {
    hint: remedy`To revoke trust in it: ${nameCommand("auth", "trust", ...flagWords("--revoke", file))}`,
  });
}

function onlyForList(output: string): AppError {
  return new AppError("usage", `Cannot use --output ${output}: it only applies to --list`, {
    hint: remedy`What is trusted: ${nameCommand("auth", "trust", "--list", "--output", output)}`,
  });
}

async function decide(
  host: TrustHost,
  { found, input: { flags, globals } }: { readonly found: readonly UntrustedPower[]; readonly input: TrustInput },
): Promise<void> {
  const paint = paintFor(host, { stream: "stderr", globals });
  host.terminal.errRaw(powersText({ powers: found, paint }));
  const kept = makeTrustRecords(found);
  if (kept.length < found.length) {
    host.terminal.err(`Not kept: ${formatCount(found.length - kept.length, "setting")}, ${ONE_RUN}`);
  }
  if (kept.length === 0) return;
  const settings = formatCount(kept.length, "setting");
  if (flags["dry-run"]) return host.terminal.err(`Would trust ${settings}; nothing was written.\n`);
  if (!flags.yes) await ask(host, found);
  const list = await trustPowers(host, kept);
  const until = kept.length === 1 ? "it changes" : "they change";
  host.terminal.err(`Trusted ${settings} until ${until}: ${printable(list)}\n`);
}

const ONE_RUN = "trusted for one run only, when a command asks about it at a terminal\n";

async function ask(host: TrustHost, powers: readonly UntrustedPower[]): Promise<void> {
  const { isTty } = host.terminal;
  if (!isTty.stdin || !isTty.stderr) {
    throw new AppError(
      "usage",
      `Cannot ask whether to trust ${formatCount(powers.length, "setting")}: there is no terminal`,
      {
        hint: joinLines([`Review them, then: ${TYPED_COMMAND} --yes`, "In CI: set ATMOS_TRUST=1"]),
      },
    );
  }
  if (await confirmTrust(host, powers)) return;
  throw cancelledByUser("Cancelled: nothing was changed");
}

/** `--list`: what is trusted, a line each. */
function listTrusted(
  host: Needs<"read" | "env" | "sys" | "terminal">,
  { output }: { readonly output: "text" | "json" },
): number {
  const powers = trustedPowers(host).map((power) => ({ ...power, state: findState(host, power) }));
  if (output === "json") host.terminal.out(jsonText(powers));
  else for (const line of new Set(powers.map(listLine))) host.terminal.out(`${line}\n`);
  if (output === "text" && powers.length === 0) host.terminal.err("Nothing is trusted.\n");
  return 0;
}

function findState(host: Needs<"read">, { file }: TrustedPower): "trusted" | "gone" {
  return isFileThere(host, file) ? "trusted" : "gone";
}

function listLine(
  { file, line, column, path, value, state }: TrustedPower & { readonly state: "trusted" | "gone" },
): string {
  const remark = state === "gone" ? "  (the file is no longer there)" : "";
  const setting = escapeControls(`${file}:${line}:${column}: ${briefPath(path)}: `);
  return `${setting}${escapeControls(briefValue(value, { file, line }))}${remark}`;
}

/** `--revoke`: trusts one file no longer, or all that are used here. */
async function revokeTrust(host: TrustHost, { flags, globals }: TrustInput): Promise<number> {
  const trusted = [...new Set(trustedPowers(host).map(({ file }) => file))];
  const gone = await findRevoked(host, { globals, file: flags.revoke ?? "", trusted });
  if (gone.length === 0) host.terminal.err("Nothing is trusted here.\n");
  else if (!flags["dry-run"]) await forgetFiles(host, gone);
  const says = flags["dry-run"] ? "Would no longer trust" : "No longer trusted:";
  for (const path of gone) host.terminal.err(`${says} ${printable(path)}\n`);
  return 0;
}

/** Not net; and run refuses, always: what is looked at here is not trusted yet. */
type TrustHost = Omit<Host, "net" | "loopback">;
type TrustInput = Input<typeof AUTH_TRUST_FLAGS>;
