import type { Flags } from "../../args/flag.ts";
import { DEVICE_CODE_FLAG } from "../../login/device_code_flag.ts";
import { command } from "../../args/command.ts";
import { CONTEXT_FLAG } from "../../provision/context_flag.ts";

export const AUTH_SHELL_FLAGS = {
  "shell": {
    kind: "string",
    placeholder: "program",
    env: ["ATMOS_SHELL", "SHELL"],
    complete: "file",
    summary: "Shell to start (default: bash, else sh)",
  },
  "context": CONTEXT_FLAG,
  "device-code": DEVICE_CODE_FLAG,
} as const satisfies Flags;

export const definition = command({
  name: "auth shell",
  summary: "Start a shell with an identity's credentials",
  flags: AUTH_SHELL_FLAGS,
  args: {
    placeholder: "arguments",
    summary: "Arguments of the shell (default: -l)",
    max: 0,
    passthrough: "optional",
  },
  examples: [
    { says: "Use the default identity", line: "atmos auth shell" },
    { says: "Start zsh without its login files", line: "atmos auth shell --shell zsh -- -i" },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAuthShell } = await import("./run.ts");
    return await runAuthShell(host, input);
  },
});
