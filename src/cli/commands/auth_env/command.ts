import type { Flags } from "../../args/flag.ts";
import { DEVICE_CODE_FLAG } from "../../login/device_code_flag.ts";
import { command } from "../../args/command.ts";
import { CONTEXT_FLAG } from "../../provision/context_flag.ts";
import { IDENTITY_ARGUMENT } from "../../args/shared_flags.ts";

export const AUTH_ENV_FLAGS = {
  "format": {
    kind: "choice",
    short: "f",
    choices: ["bash", "fish", "powershell", "dotenv", "env", "json", "github"],
    synonyms: { "export": "bash", "sh": "bash", "zsh": "bash", "pwsh": "powershell" },
    default: "bash",
    env: ["ATMOS_AUTH_ENV_FORMAT"],
    summary: "Shell or file format; export is the same as bash",
  },
  "output-file": {
    kind: "string",
    short: "o",
    placeholder: "file",
    complete: "file",
    env: ["ATMOS_AUTH_ENV_OUTPUT_FILE"],
    summary: "Append to a file instead of printing (default with --format github: $GITHUB_ENV)",
  },
  "context": CONTEXT_FLAG,
  "login": { kind: "switch", summary: "Log in first if necessary" },
  "device-code": DEVICE_CODE_FLAG,
} as const satisfies Flags;

export type FormatName = typeof AUTH_ENV_FLAGS.format.choices[number];

export const definition = command({
  name: "auth env",
  summary: "Print environment variables for an identity",
  flags: AUTH_ENV_FLAGS,
  args: IDENTITY_ARGUMENT,
  examples: [
    { says: "Set the variables in this shell", line: 'eval "$(atmos auth env)"' },
    { says: "Set them in fish", line: "atmos auth env --format fish | source" },
    { says: "Set them for the next steps of a GitHub Actions job", line: "atmos auth env --format github --login" },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAuthEnv } = await import("./run.ts");
    return await runAuthEnv(host, input);
  },
});
