import { forgetFiles, type TrustedFile, trustedFiles, trustFiles } from "../../../config/trust/trust_list.ts";
import { AppError } from "../../../errors.ts";
import { expandHome, resolve } from "../../../store/paths.ts";
import { counted, printable } from "../../output/text.ts";
import { paintFor } from "../../output/paint.ts";
import { type Candidate, candidates, candidateText, namedCandidate } from "./candidates.ts";
import type { Host, Needs } from "../../../host/host.ts";
import { jsonText } from "../../output/json_text.ts";
import { gitRoot, isFileThere } from "../../../config/files/file_checks.ts";
import { isInside } from "../../../config/trust/trusted_places.ts";
import type { Input } from "../../args/command.ts";
import type { AUTH_TRUST_FLAGS } from "./command.ts";

/** `atmos auth trust`: shows what the configuration wants to do, asks, and remembers the answer. Runs nothing of it. */
export async function runAuthTrust(host: TrustHost, input: TrustInput): Promise<number> {
  const { flags, args } = input;
  if (args.length > 0 && (flags.list || flags.revoke !== undefined)) throw fileNotWanted(args[0]!);
  if (flags.output !== "text" && !flags.list) throw onlyForList(flags.output);
  if (flags.list) return await listTrusted(host, flags);
  if (flags.revoke !== undefined) return await revokeTrust(host, input);
  const found = await wanted(host, input);
  if (found.length === 0) host.terminal.err("Nothing needs trust.\n");
  else await decide(host, { found, input });
  return 0;
}

function fileNotWanted(file: string): AppError {
  return new AppError("usage", `Cannot use file "${file}": --list and --revoke take none besides their own`, {
    hint: `To revoke trust of it: atmos auth trust --revoke ${file}`,
  });
}

function onlyForList(output: string): AppError {
  return new AppError("usage", `Cannot use --output ${output}: it is the form of --list alone`, {
    hint: `What is trusted: atmos auth trust --list --output ${output}`,
  });
}

async function decide(
  host: TrustHost,
  { found, input: { flags, globals } }: { readonly found: readonly Candidate[]; readonly input: TrustInput },
): Promise<void> {
  const paint = paintFor(host, { stream: "stderr", globals });
  for (const candidate of found) host.terminal.err(candidateText({ candidate, paint }));
  const files = counted(found.length, "file");
  if (flags["dry-run"]) return host.terminal.err(`Would trust ${files}; nothing was written.\n`);
  if (!flags.yes) await ask(host, found);
  const list = await trustFiles(host, found);
  host.terminal.err(`Trusted ${files}, as long as ${itStays(found)}: ${printable(list)}\n`);
}

async function wanted(host: TrustHost, { args: [file], globals }: TrustInput): Promise<readonly Candidate[]> {
  if (file === undefined) return await candidates(host, globals);
  return [await namedCandidate(host, resolve(host.read.cwd(), expandHome(host, file) ?? file))];
}

function itStays(found: readonly Candidate[]): string {
  return found.length === 1 ? "it stays as it is" : "they stay as they are";
}

async function ask({ terminal }: TrustHost, found: readonly Candidate[]): Promise<void> {
  if (!terminal.isTty.stdin || !terminal.isTty.stderr) {
    throw new AppError("usage", `Cannot ask whether to trust ${counted(found.length, "file")}: there is no terminal`, {
      hint: "Read what it wants, then: atmos auth trust --yes\nIn CI: set ATMOS_TRUST=1",
    });
  }
  terminal.err(`Trust ${counted(found.length, "file")}? [y/N] `);
  const answer = await terminal.line();
  if (answer === undefined) terminal.err("\n");
  if (/^\s*y(?:es)?\s*$/i.test(answer ?? "")) return;
  throw new AppError("interrupted", "Cannot trust the configuration: you did not say yes", {
    hint: "Nothing was written.",
  });
}

const REMARKS: Readonly<Record<TrustedFile["state"], string>> = {
  "as trusted": "",
  "changed": "  (changed since you trusted it)",
  "gone": "  (no longer there)",
};

/** `--list`: the files that are trusted by name, a line each. */
async function listTrusted(
  host: Needs<"read" | "env" | "sys" | "terminal">,
  { output }: { readonly output: "text" | "json" },
): Promise<number> {
  const files = await trustedFiles(host);
  if (output === "json") host.terminal.out(jsonText(files));
  else for (const { path, state } of files) host.terminal.out(`${printable(path)}${REMARKS[state]}\n`);
  if (output === "text" && files.length === 0) host.terminal.err("No file is trusted by its name.\n");
  return 0;
}

/** `--revoke`: trusts one file no longer, or all that lie in the repository (without one: the directory). */
async function revokeTrust(host: TrustHost, { flags }: TrustInput): Promise<number> {
  const trusted = (await trustedFiles(host)).map(({ path }) => path);
  const gone = flags.revoke ? oneOf(host, { file: flags.revoke, trusted }) : allHere(host, trusted);
  if (gone.length === 0) host.terminal.err("Nothing is trusted here.\n");
  else if (!flags["dry-run"]) await forgetFiles(host, gone);
  const says = flags["dry-run"] ? "Would no longer trust" : "No longer trusted:";
  for (const path of gone) host.terminal.err(`${says} ${printable(path)}\n`);
  return 0;
}

function oneOf(
  host: Needs<"read" | "env">,
  { file, trusted }: { readonly file: string; readonly trusted: readonly string[] },
): readonly string[] {
  const path = resolve(host.read.cwd(), expandHome(host, file) ?? file);
  const real = isFileThere(host, path) ? host.read.realPath(path) : path;
  const found = trusted.filter((one) => one === path || one === real);
  if (found.length > 0) return found;
  throw new AppError("usage", `Cannot revoke trust of "${file}": it is not trusted`, {
    hint: "See what is: atmos auth trust --list",
  });
}

function allHere(host: Needs<"read">, trusted: readonly string[]): readonly string[] {
  const here = host.read.realPath(host.read.cwd());
  const root = gitRoot(host, here) ?? here;
  return trusted.filter((path) => isInside(root, path));
}

/** Not net; and run refuses, always: what is looked at here is not trusted yet. */
type TrustHost = Omit<Host, "net" | "loopback">;
type TrustInput = Input<typeof AUTH_TRUST_FLAGS>;
