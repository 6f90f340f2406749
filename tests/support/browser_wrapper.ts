import { hasProgram } from "./has_program.ts";
import type { TempHome } from "./temp_home.ts";

/**
 * A browser for a test, in the home: Debian's chromium, as root without its sandbox, which does not work there. Undefined
 * where there is none, and the test that is skipped for it is named.
 */
export function browserWrapper(home: TempHome, test: string): string | undefined {
  if (!hasProgram("chromium", test)) return undefined;
  const sandbox = Deno.uid() === 0 ? "--no-sandbox" : "";
  home.write("tmp/.keep", "");
  return home.write("chromium-for-tests", `#!/bin/sh\nexec chromium ${sandbox} --disable-dev-shm-usage "$@"\n`, 0o700);
}

/** The processes whose command line has a text in it: the browser's own, by its profile. */
export function processesWith(text: string): readonly number[] {
  return [...Deno.readDirSync("/proc")].flatMap(({ name }) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      return Deno.readTextFileSync(`/proc/${name}/cmdline`).includes(text) ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}
