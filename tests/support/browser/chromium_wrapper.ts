import { hasProgram } from "../machine/has_program.ts";
import type { TempHome } from "../machine/temp_home.ts";

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

export interface Process {
  readonly pid: number;
  readonly line: string;
}

/** The processes whose command line has a text in it: the browser's own, by its profile. (`/proc` is not for tests to read.) */
export function processesWith(text: string): readonly Process[] {
  const { stdout } = new Deno.Command("ps", { args: ["-eo", "pid=,args=", "-ww"], stderr: "null" }).outputSync();
  return new TextDecoder().decode(stdout).split("\n").filter((line) => line.includes(text)).map((line) => ({
    pid: Number.parseInt(line, 10),
    line,
  }));
}
