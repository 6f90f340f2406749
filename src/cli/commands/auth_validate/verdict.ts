import { authSpot } from "../../../config/schema/sections.ts";
import type { Problem } from "../../../config/values/located.ts";
import type { Needs } from "../../../host/host.ts";
import type { ConfigModel } from "../../../integrations/contract/model.ts";
import { type LoadedAuth, problemLine, problemMessage } from "../../project/load.ts";
import type { AppError } from "../../../errors.ts";
import { jsonText } from "../../output/json_text.ts";
import { withoutSecrets } from "../../output/report.ts";
import { formatCount, printable } from "../../output/text.ts";
import type { Paint } from "../../output/paint.ts";

/** What the check of a configuration came to. */
interface Verdict {
  /** Without errors; warnings are allowed. */
  readonly valid: boolean;
  readonly files: readonly string[];
  readonly profiles: readonly string[];
  readonly problems: readonly Problem[];
  /** undefined when there is no auth section. */
  readonly model: ConfigModel | undefined;
}

export function judgeConfiguration({ config, model, problems }: LoadedAuth): Verdict {
  return {
    valid: problems.every(({ severity }) => severity !== "error"),
    files: config.files,
    profiles: config.profiles,
    problems,
    model: authSpot(config.root.entries.get("auth")?.value) === undefined ? undefined : model,
  };
}

/** The verdict as data. */
export function verdictJson(host: Needs<never>, { valid, files, problems }: Verdict): string {
  return jsonText({ valid, files, problems: problems.map((one) => problemData(host, one)) });
}

/** A configuration that could not be read to its end: the one problem that stopped it. */
export function stoppedJson({ message, place }: AppError): string {
  const problem = {
    severity: "error",
    file: place?.file ?? null,
    line: place?.line ?? null,
    column: place?.column ?? null,
  };
  return jsonText({
    valid: false,
    files: [],
    problems: [{ ...problem, path: "", message: withoutSecrets(message) }],
  });
}

function problemData(host: Needs<never>, problem: Problem): object {
  const { severity, place: { file, line, column }, path } = problem;
  return { severity, file, line, column, path, message: withoutSecrets(problemMessage(host, problem)) };
}

interface TextInput {
  readonly verdict: Verdict;
  readonly paint: Paint;
  /** Also say what was read. */
  readonly verbose: boolean;
}

/** The verdict for people: errors, warnings, and one line that sums it up. */
export function verdictText(host: Needs<never>, { verdict, paint, verbose }: TextInput): string {
  const linesFor = (wanted: Problem["severity"]) =>
    verdict.problems.filter(({ severity }) => severity === wanted).map((one) => problemLine(host, one));
  const [errors, warnings] = [linesFor("error"), linesFor("warning")];
  const parts = [
    ...(verbose ? readLines(verdict) : []),
    ...(errors.length === 0 ? [] : [paint("red", "Errors:"), ...errors]),
    ...(warnings.length === 0 ? [] : [paint("yellow", "Warnings:"), ...warnings]),
    summary(verdict, { errors: errors.length, warnings: warnings.length }),
  ];
  return parts.map((line) => `${line}\n`).join("");
}

function readLines({ files, profiles }: Verdict): readonly string[] {
  return [
    ...files.map((path) => `Read ${printable(path)}`),
    ...profiles.map((name) => `With the profile ${printable(name)}`),
  ];
}

function summary(verdict: Verdict, found: { readonly errors: number; readonly warnings: number }): string {
  const where = `(${formatCount(verdict.files.length, "file")})`;
  const warned = found.warnings === 0 ? "" : `, with ${formatCount(found.warnings, "warning")}`;
  if (!verdict.valid) {
    const also = found.warnings === 0 ? "" : `, ${formatCount(found.warnings, "warning")}`;
    return `The configuration is not valid: ${formatCount(found.errors, "error")}${also} ${where}`;
  }
  if (verdict.model === undefined) return `The configuration is valid${warned}; it has no auth section ${where}`;
  return `The configuration is valid${warned}: ${renderContent(verdict.model)} ${where}`;
}

/** Only a warning, a kind that this program has not for example, can make an entry useless all the same. */
function renderContent({ providers, identities, integrations, broken }: ConfigModel): string {
  const content = [
    formatCount(providers.size, "provider"),
    formatCount(identities.size, "identity"),
    formatCount(integrations.size, "integration"),
  ].join(", ");
  return broken.length === 0 ? content : `${content}, and ${formatCount(broken.length, "entry")} that cannot be used`;
}
