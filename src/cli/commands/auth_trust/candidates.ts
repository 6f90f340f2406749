import { basePathOf } from "../../../config/base_path.ts";
import { ConfigReader } from "../../../config/config_reader.ts";
import { type ConfigHost, loadConfig, untrustedFiles } from "../../../config/load_config.ts";
import { makeMap } from "../../../config/values/make_located.ts";
import { readConfigBytes, readSource } from "../../../config/files/source_file.ts";
import { TrustGate } from "../../../config/trust/trust_gate.ts";
import { type Content, wasTrusted } from "../../../config/trust/trust_list.ts";
import { AppError } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import { dirname } from "../../../store/paths.ts";
import { type ConfigGlobals, configInput } from "../../project/load.ts";
import { commandsIn, type Wish, type WishesInput, wishesOf } from "./required_permissions.ts";
import type { Paint } from "../../output/paint.ts";
import { printable } from "../../output/text.ts";

/** A file that may be trusted: its content as it was looked at, and what it wants. */
export interface Candidate extends Content {
  readonly wishes: readonly Wish[];
  /** Since it was trusted. */
  readonly isChanged: boolean;
}

/** The files that the configuration needs trust for. The host must be one whose `run` refuses. AppErrors as loadConfig. */
export async function candidates(host: ConfigHost, globals: ConfigGlobals): Promise<readonly Candidate[]> {
  const input = configInput(globals);
  try {
    const paths = new Set((await untrustedFiles(host, input)).map(({ path }) => path));
    if (paths.size === 0) return [];
    const config = await loadConfig(host, { ...input, trust: true });
    return [...paths].map((path) => candidate(host, { ...fileAt(host, path), config }));
  } catch (error) {
    throw error instanceof AppError ? withWayOut(host, error) : error;
  }
}

/** A file that the user named, by itself; the host as above. AppErrors as readSource. */
export async function namedCandidate(host: ConfigHost, path: string): Promise<Candidate> {
  const gate = new TrustGate(host, { mode: "note", command: () => `atmos auth trust ${path}` });
  const found = await new ConfigReader(host, gate).read({ path });
  const root = found?.kind === "map" ? found : makeMap([], { file: path, line: 1, column: 1 });
  const config = { root, basePath: basePathOf(host, { root, said: undefined, directory: dirname(path) }) };
  const source = readSource(host, path);
  return candidate(host, { path, bytes: source.bytes, source, config });
}

type Looked = Content & Omit<WishesInput, "path">;

function candidate(host: ConfigHost, { bytes, ...looked }: Looked): Candidate {
  return { path: looked.path, bytes, wishes: wishesOf(host, looked), isChanged: wasTrusted(host, looked.path) };
}

/** It was read before, so one that is no YAML is included as it is. */
function fileAt(host: Needs<"read">, path: string): Omit<Looked, "config"> {
  try {
    const source = readSource(host, path);
    return { path, bytes: source.bytes, source };
  } catch (error) {
    if (!(error instanceof AppError) || /\.ya?ml$/i.test(path)) throw error;
    return { path, bytes: readConfigBytes(host, path), source: undefined };
  }
}

/** What only a command can tell, such as the path of an import, cannot be known before its file is trusted by name. */
function withWayOut(host: Needs<"read">, error: AppError): AppError {
  const { code, message, hint, place } = error;
  if (code !== "config-invalid" || hint !== undefined || place?.file === undefined) return error;
  if (!runsCommands(host, place.file)) return error;
  const wayOut = `If a command tells it, trust that file by its name: atmos auth trust ${place.file}`;
  return new AppError(code, message, { place, cause: error, hint: wayOut });
}

function runsCommands(host: Needs<"read">, path: string): boolean {
  try {
    return commandsIn(readSource(host, path)).length > 0;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** A file, and all that it wants, for a person who has to decide. Commands are shown whole, however long. */
export function candidateText(
  { candidate: { path, wishes, isChanged }, paint }: { readonly candidate: Candidate; readonly paint: Paint },
): string {
  const changed = isChanged ? paint("yellow", "  (it has changed since you trusted it)") : "";
  const lines = wishes.length === 0
    ? ["  wants nothing that needs trust"]
    : wishes.flatMap((wish) => wishLines(wish, paint));
  return [`${paint("bold", printable(path))}${changed}`, ...lines, ""].map((line) => `${line}\n`).join("");
}

function wishLines({ place, path, does, text }: Wish, paint: Paint): readonly string[] {
  const where = `  ${place.line}:${place.column}: ${printable(path)} ${does}:`;
  const [first = "", ...rest] = text.split("\n").map((line) => paint("cyan", printable(line)));
  return rest.length === 0 ? [`${where} ${first}`] : [where, ...[first, ...rest].map((line) => `      ${line}`)];
}
