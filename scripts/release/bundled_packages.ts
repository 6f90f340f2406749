import config from "../../deno.json" with { type: "json" };
import { bundle } from "../compile/bundle.ts";
import { REPOSITORY } from "../compile/repository.ts";
import { denoDir } from "../deno_dir.ts";
import { DEV_ONLY } from "../lint/packages.ts";
import { type LockedPackage, reachablePackages } from "./locked_packages.ts";

export interface BundledPackage extends LockedPackage {
  /** As its package.json says; undefined where that says nothing. */
  readonly license: string | undefined;
}

/** Returns the packages whose code the executable has, by name. Permissions: run, read, write, env. */
export async function describeBundle(): Promise<readonly BundledPackage[]> {
  const folder = Deno.makeTempDirSync();
  try {
    const { inputs } = await bundle(folder);
    const roots = Object.entries(config.imports).filter(([name]) => !DEV_ONLY.includes(name)).map(([, target]) =>
      target
    );
    const cache = `${denoDir()}/npm/registry.npmjs.org`;
    return reachablePackages(JSON.parse(Deno.readTextFileSync(`${REPOSITORY}/deno.lock`)), roots)
      .filter(({ name }) => inputs.has(`npm:${name}`))
      .map((found) => ({ ...found, license: readLicense(`${cache}/${found.name}/${found.version}/package.json`) }));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function readLicense(path: string): string | undefined {
  const { license } = JSON.parse(Deno.readTextFileSync(path));
  return typeof license === "string" ? license : undefined;
}
