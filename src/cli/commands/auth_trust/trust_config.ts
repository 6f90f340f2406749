import { trustFiles } from "../../../config/trust/trust_list.ts";
import { AppError } from "../../../errors.ts";
import { expandHome, resolve } from "../../../store/paths.ts";
import { counted } from "../../output/counted.ts";
import { paintFor } from "../../output/paint.ts";
import { printable } from "../../output/printable.ts";
import { candidateText } from "./candidate_text.ts";
import { type Candidate, candidates, namedCandidate } from "./candidates.ts";
import { listTrusted } from "./list_trusted.ts";
import { revokeTrust } from "./revoke_trust.ts";
import type { TrustHost, TrustInput } from "./trust_input.ts";

/** `atmos auth trust`: shows what the configuration wants to do, asks, and remembers the answer. Runs nothing of it. */
export async function trustConfig(host: TrustHost, input: TrustInput): Promise<number> {
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

interface Decision {
  readonly found: readonly Candidate[];
  readonly input: TrustInput;
}

async function decide(host: TrustHost, { found, input: { flags, globals } }: Decision): Promise<void> {
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
