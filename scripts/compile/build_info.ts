import { REPOSITORY } from "./repository.ts";

/** What `atmos version --output json` says of a build. */
export interface BuildInfo {
  readonly commit: string;
  /** When the commit was made, not when it was compiled: the same commit gives the same executable. */
  readonly date: string;
}

/**
 * Returns the commit of these sources and its date, each "unknown" where git does not know it. SOURCE_DATE_EPOCH, in
 * seconds, is the date instead: https://reproducible-builds.org/specs/source-date-epoch/. Permissions: run, env.
 */
export async function readBuildInfo(): Promise<BuildInfo> {
  const commit = await git(["describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]);
  const seconds = Deno.env.get("SOURCE_DATE_EPOCH") || await git(["log", "-1", "--format=%ct"]);
  return { commit: commit || "unknown", date: /^\d{1,11}$/.test(seconds) ? utcDate(Number(seconds)) : "unknown" };
}

function utcDate(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

/** What git prints; nothing where it fails or is not installed. */
async function git(args: readonly string[]): Promise<string> {
  try {
    const { success, stdout } = await new Deno.Command("git", { args: ["-C", REPOSITORY, ...args], stderr: "null" })
      .output();
    return success ? new TextDecoder().decode(stdout).trim() : "";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}
