import { command } from "../../args/command.ts";
import { runVersion } from "./run.ts";

export const definition = command({
  name: "version",
  summary: "Show the version",
  flags: {
    output: { kind: "choice", choices: ["text", "json"], default: "text", summary: "Output format" },
  },
  examples: [
    { says: "Version, build and platform for a bug report", line: "atmos version --output json" },
  ],
  needs: ["terminal", "runtime"],
  run: (host, { flags }) => runVersion(host, flags.output),
});
