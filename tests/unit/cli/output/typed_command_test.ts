import { deepEqual, equal, match } from "node:assert/strict";
import { repeatTypedCommand, TYPED_COMMAND } from "../../../../src/cli/output/typed_command.ts";
import { memoryAtmos } from "../../../support/atmos/memory_atmos.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";

const CONFIG = { "/home/me/repo/atmos.yaml": "settings: {x: !exec echo}\n" };

/** Command lines that lack something, and the hint that repeats them. */
const HINTS: readonly (readonly [argv: readonly string[], hint: string])[] = [
  [
    ["aws", "eks", "update-kubeconfig", "--match", "prod *", "--region", "us-east-2"],
    "Add --discover: atmos aws eks update-kubeconfig --match 'prod *' --region us-east-2 --discover",
  ],
  [
    ["aws", "eks", "update-kubeconfig", "--all-identities", "--dry-run"],
    "Add --discover: atmos aws eks update-kubeconfig --all-identities --dry-run --discover",
  ],
  [
    ["aws", "eks", "update-kubeconfig", "-s", "dev", "--alias=it's"],
    `Specify one: atmos aws eks update-kubeconfig -s dev '--alias=it'"'"'s' COMPONENT`,
  ],
  [["describe", "component", "-s", "dev"], "Specify one: atmos describe component -s dev COMPONENT"],
  [["-C", "/home/me/repo", "auth", "trust"], "Review them, then: atmos -C /home/me/repo auth trust --yes"],
];
for (const [argv, hint] of HINTS) {
  Deno.test(`a hint repeats the command line with all its flags: ${argv.join(" ")}`, async () => {
    const { status, err } = await memoryAtmos(argv, { files: CONFIG });
    equal(status, 2);
    match(err, new RegExp(`^Hint: ${RegExp.escape(hint)}$`, "m"));
  });
}

Deno.test("the command line that is repeated moves no cursor, and is a string in JSON", () => {
  const plain = fakeHost({});
  const host = repeatTypedCommand(plain, ["aws", "\x1b[2J", 'a"b']);
  host.terminal.err(TYPED_COMMAND);
  host.terminal.out(JSON.stringify({ hint: `Go on with: ${TYPED_COMMAND}` }));
  deepEqual([plain.seen.err, JSON.parse(plain.seen.out).hint], [
    `atmos aws $'\\033[2J' 'a"b'`,
    `Go on with: atmos aws $'\\033[2J' 'a"b'`,
  ]);
});
