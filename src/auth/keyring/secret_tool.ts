import type { RunResult } from "../../host/host.ts";
import { Secret } from "../../secret.ts";
import { quotePosix } from "../../formats/text/shell_quote.ts";
import { askProgram, programFailure, type ProgramRequest } from "./ask_program.ts";
import { ACCOUNT, type SystemProgram } from "./system_program.ts";

const TITLE = "the desktop's keychain (secret-tool)";

/** The Secret Service of a Linux desktop. https://manpages.debian.org/secret-tool */
export const program: SystemProgram = {
  title: TITLE,
  async get(host, name) {
    const result = await askProgram(host, makeRequest(["lookup"], name));
    return isThere(result) ? new Secret(result.stdout) : undefined;
  },
  async set(host, { name, value }) {
    // The label is for people; it is in the list that the desktop shows.
    const input = { ...makeRequest(["store", `--label=${name}`], name), stdin: value.reveal(), writes: true as const };
    const result = await askProgram(host, input);
    if (result.status !== 0) throw programFailure(input, result);
  },
  async remove(host, name) {
    const there = isThere(await askProgram(host, makeRequest(["lookup"], name)));
    if (there) isThere(await askProgram(host, makeRequest(["clear"], name)));
    return there;
  },
};

function makeRequest([action, ...options]: readonly [string, ...string[]], name: string): ProgramRequest {
  const attributes = ["service", name, "username", ACCOUNT];
  return {
    command: "secret-tool",
    args: [action, ...options, ...attributes],
    // It reads its arguments in the encoding of the locale, and a name may have any letter.
    env: { LC_ALL: "C.UTF-8" },
    title: TITLE,
    install: "Install it (Debian: libsecret-tools)",
    unlock: `Unlock it, then try again: secret-tool lookup ${attributes.map(quotePosix).join(" ")} > /dev/null`,
  };
}

/** It ends with 1 and says nothing when there is no such entry. */
function isThere(result: RunResult): boolean {
  if (result.status === 0) return true;
  if (result.status === 1 && result.stderr.trim() === "") return false;
  throw programFailure({ title: TITLE }, result);
}
