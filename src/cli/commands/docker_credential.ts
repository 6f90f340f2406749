import { command } from "../command.ts";

export const definition = command({
  name: "docker-credential",
  summary: "Answer docker, which asks for the password of a registry of ECR (see: atmos aws ecr configure)",
  flags: {},
  args: { placeholder: "question", summary: "get, list, store, erase or version; docker says which", max: 1 },
  examples: [
    {
      says: "What docker runs",
      line: "echo 123456789012.dkr.ecr.us-east-2.amazonaws.com | atmos docker-credential get",
    },
  ],
  needs: ["net", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { answerDocker } = await import("../docker_credential/answer_docker.ts");
    return await answerDocker(host, input);
  },
});
