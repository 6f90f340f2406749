import { VERSION } from "../../../version.ts";
import { command } from "../../args/command.ts";

export const definition = command({
  name: "version",
  summary: "Show the version",
  flags: {
    output: { kind: "choice", choices: ["text", "json"], default: "text", summary: "Form of the answer" },
  },
  examples: [
    { says: "Version, build and platform for a bug report", line: "atmos version --output json" },
  ],
  needs: ["terminal", "runtime"],
  run(host, { flags }) {
    const { deno, v8, os, arch } = host.runtime;
    const json = JSON.stringify({ version: VERSION, deno, v8, os, arch }, null, 2);
    host.terminal.out(flags.output === "json" ? `${json}\n` : `atmos ${VERSION}\n`);
    return 0;
  },
});
