import { sha256Hex } from "../../formats/text/sha256_hex.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { expandHome, resolve } from "../../store/paths.ts";
import { realTarget } from "../files/resolve_write_target.ts";
import { resolveLinks } from "../files/file_checks.ts";
import type { Power } from "../schema/powers.ts";
import { findProgramFiles } from "./program_files.ts";
import type { TrustedPower } from "./trust_list.ts";

/**
 * Returns what the list of trust keeps of a power. The hash covers the file, the setting, the value as written, where
 * links lead from a path, and of what it starts the programs and scripts that lie in the same tree. Permissions: read,
 * env.
 */
export async function hashOf(host: Needs<"read" | "env">, power: Power): Promise<TrustedPower> {
  const { path, place: { file, line, column }, content, shown, runs, names } = power;
  const real = resolveLinks(host, file);
  const programs = runs === undefined ? [] : await programsIn(host, { line: runs, file });
  const goals = names === undefined ? [] : linkGoals(host, names);
  const hash = await sha256Hex(JSON.stringify([real, path, content.reveal(), ...programs, ...goals]));
  const value = [shown, ...goals.map((goal) => JSON.stringify(goal))].join(" -> ");
  return { file: real, hash, path, line, column, value };
}

/** Where a path ends up, unless that is what it says by its letters. */
function linkGoals(host: Needs<"read" | "env">, path: string): readonly string[] {
  const said = resolve(host.read.cwd(), expandHome(host, path) ?? path);
  const goal = realTarget(host, said) ?? "links without end";
  return goal === said ? [] : [goal];
}

/** The files that a line starts, as far as they are of the tree, each with a hash of what is in it. */
async function programsIn(
  host: Needs<"read" | "env">,
  line: { readonly line: string; readonly file: string },
): Promise<readonly (readonly [path: string, hash: string])[]> {
  const found: (readonly [string, string])[] = [];
  for (const path of findProgramFiles(host, line)) found.push([path, await hashFile(host, path)]);
  return found;
}

async function hashFile(host: Needs<"read">, path: string): Promise<string> {
  try {
    return await sha256Hex(host.read.bytes(path));
  } catch (error) {
    if (isFileError(error)) return error.kind;
    throw error;
  }
}
