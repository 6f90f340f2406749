import { command, type Input } from "../../args/command.ts";
import type { Flags } from "../../args/flag.ts";
import { IDENTITY_ARGUMENT } from "../../args/shared_flags.ts";

const FLAGS = {
  "output": { kind: "choice", short: "o", choices: ["text", "json"], default: "text", summary: "Output format" },
} as const satisfies Flags;

export type AuthDoctorInput = Input<typeof FLAGS>;

export const definition = command({
  name: "auth doctor",
  summary: "Diagnose problems with a login or an identity",
  flags: FLAGS,
  args: IDENTITY_ARGUMENT,
  examples: [
    { says: "Check the identity that commands use by default", line: "atmos auth doctor" },
    { says: "Check another identity, with JSON output", line: "atmos auth doctor dev-admin --output json" },
  ],
  needs: ["net", "read", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  showsUntrusted: true,
  async run(host, input) {
    const { runAuthDoctor } = await import("./run.ts");
    return await runAuthDoctor(host, input);
  },
});
