import { equal } from "node:assert/strict";
import { command } from "../../../../src/cli/args/command.ts";

const base = { name: "x", summary: "", examples: [] } as const;
const flags = {
  name: { kind: "string", placeholder: "n", summary: "" },
  tag: { kind: "string", placeholder: "t", summary: "", repeat: true },
  mode: { kind: "choice", choices: ["a", "b"], default: "a", summary: "" },
  level: { kind: "choice", choices: ["c", "d"], summary: "" },
  wait: { kind: "switch", summary: "" },
  count: { kind: "number", placeholder: "n", min: 1, max: 9, default: 3, summary: "" },
  limit: { kind: "number", placeholder: "n", min: 1, max: 9, summary: "" },
  ttl: { kind: "duration", placeholder: "d", default: "15m", summary: "" },
} as const;

Deno.test("command: the compiler knows what each flag holds", () => {
  const { name } = command({
    ...base,
    flags,
    needs: [],
    run: (_, { flags }) => {
      const name: string | undefined = flags.name;
      const tag: readonly string[] = flags.tag;
      const mode: "a" | "b" = flags.mode;
      const level: "c" | "d" | undefined = flags.level;
      const wait: boolean = flags.wait;
      const count: number = flags.count + flags.ttl.ms;
      // @ts-expect-error a number without a default may be absent
      const limit: number = flags.limit;
      // @ts-expect-error a choice without a default may be absent
      const sure: "c" | "d" = flags.level;
      // @ts-expect-error no such flag
      return [name, tag, mode, level, wait, sure, count, limit, flags.nothing].length;
    },
  });
  equal(name, "x");
});

Deno.test("command: a member that is not in `needs` does not compile", () => {
  command({ ...base, flags, needs: ["read"], run: (host) => host.read.list("/").length });
  // @ts-expect-error "net" is not in needs
  command({ ...base, flags, needs: ["read"], run: async (host) => (await host.net.fetch({} as never)).status });
  // @ts-expect-error what it does not have cannot be unneeded
  command({ ...base, flags, needs: ["read"], unneeded: () => ["net"], run: () => 0 });
  // @ts-expect-error there is no "read" that refuses
  command({ ...base, flags, needs: ["read"], unneeded: () => ["read"], run: () => 0 });
});
