import type { Flags } from "../../args/flag.ts";
import { DEVICE_CODE_FLAG } from "../../login/device_code_flag.ts";
import { command } from "../../args/command.ts";
import { CONTEXT_FLAG } from "../../provision/context_flag.ts";

export const AUTH_EXEC_FLAGS = { "context": CONTEXT_FLAG, "device-code": DEVICE_CODE_FLAG } as const satisfies Flags;

export const definition = command({
  name: "auth exec",
  summary: "Run a command with an identity's credentials",
  flags: AUTH_EXEC_FLAGS,
  args: { placeholder: "command", summary: "Command and its arguments", max: 0, passthrough: true },
  examples: [
    { says: "Run kubectl as the default identity", line: "atmos auth exec -- kubectl get pods" },
    { says: "Run Terraform as another identity", line: "atmos auth exec -i dev-admin -- terraform plan" },
    { says: "Use another kubectl context of the identity", line: "atmos auth exec --context staging -- helm list" },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAuthExec } = await import("./run.ts");
    return await runAuthExec(host, input);
  },
});
