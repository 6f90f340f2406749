import { command } from "../../args/command.ts";
import type { Flags } from "../../args/flag.ts";

export const CREDENTIAL_PROCESS_FLAGS = {
  "account": { kind: "string", placeholder: "id", summary: "Refuse credentials of any other AWS account" },
} as const satisfies Flags;

export const definition = command({
  name: "auth credential-process",
  summary: "Print credentials in the credential_process format",
  isPlugin: true,
  flags: CREDENTIAL_PROCESS_FLAGS,
  args: {
    placeholder: "identity",
    summary: "Identity (default: the default or only identity)",
    max: 1,
    complete: ["identity"],
  },
  examples: [
    {
      says: "What a profile of atmos auth configure-aws runs",
      line: "atmos auth credential-process --identity dev-admin",
    },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAuthCredentialProcess } = await import("./run.ts");
    return await runAuthCredentialProcess(host, input);
  },
});
