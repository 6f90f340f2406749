import { command } from "../../args/command.ts";

export const definition = command({
  name: "auth credential-process",
  summary: "Print credentials in the credential_process format",
  isPlugin: true,
  flags: {},
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
