import { command } from "../../args/command.ts";

export const definition = command({
  name: "auth credential-process",
  summary: "Print an identity's credentials for a profile's credential_process",
  flags: {},
  args: {
    placeholder: "identity",
    summary: "Identity (default: the default or only one of atmos.yaml)",
    max: 1,
    complete: ["identity"],
  },
  examples: [
    { says: "What aws, terraform and SDKs run", line: "atmos auth credential-process --identity dev-admin" },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAuthCredentialProcess } = await import("./run.ts");
    return await runAuthCredentialProcess(host, input);
  },
});
