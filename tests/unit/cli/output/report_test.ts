import { joinLines, NEXT_LINE, type RemedyPart } from "../../../../src/remedy.ts";
import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { errorData, oneLine, report, type ReportStyle, reportStyle } from "../../../../src/cli/output/report.ts";
import { AppError, type ErrorCode, type ErrorDetails } from "../../../../src/errors.ts";
import { printable } from "../../../../src/cli/output/text.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";

const PLAIN = { color: false, verbose: false };

function shown(
  message: string,
  details: ErrorDetails = {},
  style: ReportStyle = PLAIN,
  code: ErrorCode = "usage",
): string {
  const host = fakeHost();
  report(host, { error: new AppError(code, message, details), style });
  equal(host.seen.out, "");
  return host.seen.err;
}

Deno.test("report: message, then each line of the hint", () => {
  equal(shown("Cannot x"), "Error: Cannot x\n");
  equal(shown("Cannot x", { hint: joinLines(["Type a", "or b"]) }), "Error: Cannot x\nHint: Type a\nHint: or b\n");
  for (const end of ["\n", "\r\n", "\r"]) {
    const named = `rm dir${end}Hint: EVIL`;
    equal(shown("Cannot x", { hint: named }), "Error: Cannot x\nHint: rm dir\\nHint: EVIL\n");
    equal(
      shown("Cannot x", { hint: joinLines(["a", named]) }),
      "Error: Cannot x\nHint: a\nHint: rm dir\\nHint: EVIL\n",
    );
  }
});

Deno.test("report: the place comes first, as editors and CI systems read it", () => {
  equal(shown("Cannot x", { place: { file: "f.yaml", line: 3, column: 7 } }), "Error: f.yaml:3:7: Cannot x\n");
  equal(shown("Cannot x", { place: { line: 3, column: 7 } }), "Error: 3:7: Cannot x\n");
});

Deno.test("report: colour only when asked for", () => {
  equal(
    shown("x", { hint: "y" }, { color: true, verbose: false }),
    "\x1b[31mError:\x1b[0m x\n\x1b[36mHint:\x1b[0m y\n",
  );
});

Deno.test("report: nothing from outside reaches the terminal raw", () => {
  const text = shown("Cannot find \x1b]0;title\x07", {
    hint: "\x1b[2J",
    place: { file: "a\x1b[1m", line: 1, column: 1 },
  });
  equal(text, text.replaceAll("\x1b", "").replaceAll("\x07", ""));
  match(text, /\\x1b\]0;title\\x07/);
});

Deno.test("report: the runtime's advice is left out wherever it comes from", () => {
  const text = 'Cannot x: Requires read access to "/f", run again with the --allow-read flag';
  equal(shown(text), 'Error: Cannot x: Requires read access to "/f"\n');
});

Deno.test("report: a stack for internal errors with --verbose only, and never its message", () => {
  const cause = new Error("SECRET");
  const verbose = { color: false, verbose: true };
  match(shown("x", { cause }, verbose, "internal"), /^Error: x\n\s+at /);
  doesNotMatch(shown("x", { cause }, verbose, "internal"), /SECRET/);
  equal(shown("x", { cause }, PLAIN, "internal"), "Error: x\n");
  equal(shown("x", { cause }, verbose, "usage"), "Error: x\n");
});

Deno.test("report style: colour needs a terminal and no objection", () => {
  const tty = { stderr: true };
  const color = (env: Record<string, string>, ...argv: string[]) => reportStyle(fakeHost({ tty, env }), argv).color;
  equal(color({}), true);
  equal(color({ NO_COLOR: "1" }), false);
  equal(color({ TERM: "dumb" }), false);
  equal(color({}, "version", "--no-color"), false);
  equal(color({}, "exec", "--", "--no-color"), true);
  deepEqual(reportStyle(fakeHost(), ["--verbose"]), { color: false, verbose: true });
});

Deno.test("errors: no user, password or query of an address, for people, for programs and in warnings", () => {
  for (
    const address of ["https://user:SECRET@h/", "ftp://user:SECRET@h", "http://user:SECRET@ho st/", "//u:SECRET@h"]
  ) {
    for (const text of [`Cannot use endpoint "${address}": no`, `Cannot use ${JSON.stringify(address)}`]) {
      const error = new AppError("usage", text, { hint: `Correct ${text}` });
      doesNotMatch(shown(text, { hint: `Correct ${text}` }), /SECRET/);
      doesNotMatch(JSON.stringify(errorData({}, error)), /SECRET/);
      doesNotMatch(JSON.stringify(errorData({}, oneLine({}, error) as AppError)), /SECRET/);
      doesNotMatch(printable(text), /SECRET/);
    }
  }
  doesNotMatch(shown("Cannot use https://h/?token=SECRET"), /SECRET/);
});

Deno.test("report: in a pipeline, a hint is no command that fails there again", () => {
  const hint: RemedyPart[] = [{ kind: "terminal-login", identity: "dev" }];
  const inPipeline = { ...PLAIN, isPipeline: true } as const;
  equal(shown("Cannot x", { hint }), "Error: Cannot x\nHint: Log in at a terminal: atmos auth login dev\n");
  equal(
    shown("Cannot x", { hint: ["First", NEXT_LINE, ...hint, ", or wait"] }, inPipeline),
    "Error: Cannot x\nHint: First\n" +
      "Hint: In a pipeline, use an identity that needs no user: through github/oidc, or of kind aws/ambient\n" +
      "Hint: CI is set, so no user is asked. Log in at a terminal without it: atmos auth login dev, or wait\n",
  );
  equal(
    shown("Cannot x", { hint: "Run: atmos auth list" }, inPipeline),
    "Error: Cannot x\nHint: Run: atmos auth list\n",
  );
  for (const [value, isPipeline] of [["true", true], ["1", true], ["false", false], ["", false]] as const) {
    equal(reportStyle(fakeHost({ env: { CI: value } }), []).isPipeline ?? false, isPipeline, value);
  }
});
