import { command } from "../../args/command.ts";

export const definition = command({
  name: "docker-credential",
  summary: "Run the Docker credential helper for ECR",
  isPlugin: true,
  flags: {},
  args: { placeholder: "action", summary: "get, list, store, erase or version, as Docker passes it", max: 1 },
  examples: [
    { says: "List the registries that use the helper", line: "atmos docker-credential list" },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runDockerCredential } = await import("./run.ts");
    return await runDockerCredential(host, input);
  },
});
