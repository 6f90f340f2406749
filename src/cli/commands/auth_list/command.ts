import { command } from "../../args/command.ts";
import { AUTH_LIST_FLAGS } from "./flags.ts";

export const definition = command({
  name: "auth list",
  summary: "List the providers, identities and integrations of atmos.yaml",
  flags: AUTH_LIST_FLAGS,
  excludes: [["providers", "identities"], ["providers", "integrations"], ["identities", "integrations"]],
  examples: [
    { says: "What is reached through what", line: "atmos auth list" },
    { says: "The identities with a tag, as a table", line: "atmos auth list --identities --tags prod --format table" },
    { says: "Two integrations as data", line: "atmos auth list --integrations dev/eks,dev/ecr --format json" },
  ],
  needs: ["read", "env", "run", "sys", "random", "runtime", "terminal"],
  async run(host, input) {
    const { listAuth } = await import("./list_auth.ts");
    return await listAuth(host, input);
  },
});
