/** `deno task release`: the texts of a release, on stdout, and a check of an executable (docs/releasing.md). */
import { readBuildInfo } from "./compile/build_info.ts";
import { renderFormula } from "./release/formula.ts";
import { nameRepository } from "./release/installer.ts";
import { releaseNotes } from "./release/notes.ts";
import { checkExecutable } from "./release/smoke.ts";
import config from "../deno.json" with { type: "json" };

const USAGE = `Usage: deno task release notes VERSION
       deno task release sbom
       deno task release installer OWNER/REPOSITORY
       deno task release formula OWNER/REPOSITORY <SHA256SUMS
       deno task release smoke FILE COMMIT TARGET`;

async function main([what, ...words]: readonly string[]): Promise<string> {
  switch (`${what} ${words.length}`) {
    case "notes 1":
      return notes(words[0]!);
    case "sbom 0":
      return await sbom();
    case "installer 1":
      return nameRepository(Deno.readTextFileSync("install.sh"), words[0]!);
    case "formula 1":
      return await formula(words[0]!);
    case "smoke 3":
      return await checkExecutable({ file: words[0]!, commit: words[1]!, target: words[2]!, version: config.version });
  }
  throw new RangeError(USAGE);
}

function notes(version: string): string {
  if (version !== config.version) throw new RangeError(`deno.json has version ${config.version}, not ${version}`);
  return releaseNotes(Deno.readTextFileSync("CHANGELOG.md"), version);
}

async function formula(repository: string): Promise<string> {
  const template = Deno.readTextFileSync("packaging/homebrew/atmos.rb.in");
  const sums = await new Response(Deno.stdin.readable).text();
  return renderFormula(template, { repository, version: config.version, sums });
}

/** Imported only here, since it takes the bundler. */
async function sbom(): Promise<string> {
  const { describeBundle } = await import("./release/bundled_packages.ts");
  const { renderBom } = await import("./release/sbom.ts");
  const { date } = await readBuildInfo();
  return renderBom({ version: config.version, date, deno: Deno.version.deno, packages: await describeBundle() });
}

if (import.meta.main) {
  try {
    console.log((await main(Deno.args)).trimEnd());
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    console.error(error.message);
    Deno.exit(2);
  }
}
