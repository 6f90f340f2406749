import { command } from "../../args/command.ts";

export const definition = command({
  name: "docker-credential",
  summary: "Answer docker, which asks for the password of a registry of ECR (see: atmos aws ecr configure)",
  flags: {},
  args: { placeholder: "question", summary: "get, list, store, erase or version; docker says which", max: 1 },
  examples: [
    { says: "The registries that docker asks it for", line: "atmos docker-credential list" },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runDockerCredential } = await import("./run.ts");
    return await runDockerCredential(host, input);
  },
});
