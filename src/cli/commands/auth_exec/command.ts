import type { Flags } from "../../args/flag.ts";
import { DEVICE_CODE_FLAG } from "../../login/device_code_flag.ts";
import { command } from "../../args/command.ts";
import { CONTEXT_FLAG } from "../../provision/context_flag.ts";

export const AUTH_EXEC_FLAGS = { "context": CONTEXT_FLAG, "device-code": DEVICE_CODE_FLAG } as const satisfies Flags;

export const definition = command({
  name: "auth exec",
  summary: "Run a command as an identity",
  flags: AUTH_EXEC_FLAGS,
  args: { placeholder: "command", summary: "Command with its arguments, after --", max: 0, passthrough: true },
  examples: [
    { says: "kubectl as the default identity", line: "atmos auth exec -- kubectl get pods" },
    { says: "As another one", line: "atmos auth exec -i dev-admin -- terraform plan" },
    { says: "In another cluster of it", line: "atmos auth exec --context staging -- helm list" },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAuthExec } = await import("./run.ts");
    return await runAuthExec(host, input);
  },
});
