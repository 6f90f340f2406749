import { type AnyCommand, command } from "../../args/command.ts";
import type { Registry } from "../../args/registry.ts";

/** The command that answers a shell which completes the commands of this registry. */
export function definition(registry: Registry): AnyCommand {
  return command({
    name: "complete",
    summary: "Print completions for a partial command line",
    flags: {},
    hidden: true,
    raw: true,
    examples: [],
    needs: ["read", "env", "run", "sys", "random", "runtime", "terminal"],
    showsUntrusted: true,
    unneeded: () => ["run"],
    skipsSilently: true,
    async run(host, { args }) {
      const { runComplete } = await import("./run.ts");
      return await runComplete(host, { registry, args });
    },
  });
}
