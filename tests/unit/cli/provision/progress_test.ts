import { deepEqual, equal, match } from "node:assert/strict";
import { provisionReport, uiBeside } from "../../../../src/cli/provision/progress.ts";
import { removeColors } from "../../../../src/cli/output/paint.ts";
import { AppError } from "../../../../src/errors.ts";
import type { Integration } from "../../../../src/integrations/contract/model.ts";
import type { IntegrationOutcome } from "../../../../src/integrations/run_integrations.ts";
import { fakeHost, type FakeHostOptions } from "../../../support/host/fake_host.ts";
import { type LoginUi, SILENT_UI } from "../../../../src/auth/flow/login_host.ts";

type Globals = Parameters<typeof provisionReport>[1]["globals"];

const GLOBALS = { "no-color": false, "logs-level": undefined } as unknown as Globals;
const READY = { action: "added", target: "dev-cluster", name: "dev", path: "/k" } as const;
const DENIED = new AppError("aws-denied", "Cannot describe it: no", { hint: "Ask for it." });

function outcome(name: string, result: IntegrationOutcome["result"]): IntegrationOutcome {
  return { integration: { name, kind: "aws/eks" } as Integration, identity: "dev", result, ms: 1234 };
}

function reporting(options: FakeHostOptions, { names, globals = GLOBALS }: { names: string[]; globals?: Globals }) {
  const host = fakeHost({ ...options, env: { TERM: "xterm", ...options.env } });
  return { host, report: provisionReport(host, { globals, names }) };
}

function reported(options: FakeHostOptions, input: { names: string[]; globals?: Globals }) {
  const { host, report } = reporting(options, input);
  const { names } = input;
  const outcomes = names.map((name) => outcome(name, name.startsWith("bad") ? DENIED : READY));
  const after = outcomes.map((one) => (report.done(one), host.seen.err));
  report.end(outcomes);
  return { after: after.map(readable), err: readable(host.seen.err) };
}

/** ESC is a lint error in a regular expression. */
function readable(text: string): string {
  return removeColors(text).replaceAll("\x1b", "^");
}

const TTY = { tty: { stderr: true } };

Deno.test("without a terminal each has its line at once, a failure its warning and hint", () => {
  const { after, err } = reported({}, { names: ["a", "bad"] });
  equal(after[0], "a: added dev-cluster as dev in /k (1.2 s)\n");
  equal(err, `${after[0]}Warning: bad: Cannot describe it: no\nHint: Ask for it.\n`);
});

Deno.test("a terminal of a user who wants it plain, and one in CI, get the same lines as a pipe, behind one that says what is begun", () => {
  const names = ["a", "bad"];
  const plain = reported({}, { names });
  const noColor = { ...GLOBALS, "no-color": true };
  const announced = `Provisioning: 2 integrations …\n${plain.err}`;
  for (const env of [{ NO_COLOR: "1" }, { NO_COLOR: "0" }, { CI: "true" }, { CI: "1" }, { TERM: "dumb" }]) {
    equal(reported({ ...TTY, env }, { names }).err, announced, JSON.stringify(env));
  }
  equal(reported(TTY, { names, globals: noColor }).err, announced);
});

Deno.test("what went wrong beside a file is a warning behind the line of what is written", () => {
  for (const options of [{}, TTY]) {
    for (const level of ["warn", "error"] as const) {
      const globals = { ...GLOBALS, "logs-level": level };
      const { host, report } = reporting(options, { names: ["a"], globals });
      const one = outcome("a", { ...READY, warnings: [DENIED] });
      report.done(one);
      report.end([one]);
      equal(/\nWarning: Cannot describe it: no\nHint: Ask for it\.\n$/.test(host.seen.err), level === "warn");
    }
  }
});

Deno.test("where the old file was kept is told, at a terminal as well", () => {
  for (const options of [{}, TTY]) {
    const { host, report } = reporting(options, { names: ["a"] });
    const done = outcome("a", { ...READY, backup: "/k.bak.2" });
    report.done(done);
    report.end([done]);
    match(host.seen.err, /\nThe old file is kept as \/k\.bak\.2\n$/);
  }
});

Deno.test("a failure with a place tells it", () => {
  const host = fakeHost({});
  const place = { file: "/k", line: 3, column: 7 };
  const failed = outcome("bad", new AppError("kubeconfig-merge", "Cannot edit it: a tab", { place }));
  provisionReport(host, { globals: GLOBALS, names: ["bad"] }).done(failed);
  equal(host.seen.err, "Warning: bad: /k:3:7: Cannot edit it: a tab\n");
});

Deno.test("who wants no warnings gets none", () => {
  const globals = { ...GLOBALS, "logs-level": "error" } as Globals;
  equal(reported({}, { names: ["bad"], globals }).err, "");
});

Deno.test("at a terminal lines move until a table takes their place, with the warnings below", () => {
  const { after, err } = reported(TTY, { names: ["a", "bad"] });
  match(after[0]!, /^… a\n… bad\n\^\[2A\^\[J✓ a\n… bad\n$/);
  match(
    err,
    /! bad\n\^\[2A\^\[J {2}INTEGRATION +TARGET +CONTEXT +RESULT +TIME\n {2}a +dev-cluster +dev +added +1\.2 s\n/,
  );
  match(err, /\n {2}bad +- +- +failed +1\.2 s\nWarning: bad: Cannot describe it: no\nHint: Ask for it\.\n$/);
});

for (
  const [what, options, names] of [
    ["many", TTY, Array.from({ length: 16 }, (_, at) => `c${at}`)],
    ["more than the screen has lines", { ...TTY, size: { columns: 80, rows: 3 } }, ["a", "b", "c"]],
    ["a name wider than the screen", { ...TTY, size: { columns: 12, rows: 24 } }, ["a", "cluster-of-plenty"]],
  ] as const
) {
  Deno.test(`of ${what} there is one line that counts`, () => {
    const { after } = reported(options, { names: [...names] });
    match(
      after[0]!,
      new RegExp(`^Provisioning: 0 of ${names.length} .*\\n\\^\\[1A\\^\\[JProvisioning: 1 of .*\\n$`),
    );
  });
}

for (
  const [what, env] of [["dumb", { TERM: "dumb" }], ["not known", { TERM: "" }], ["of a pipeline", {
    CI: "true",
  }]] as const
) {
  Deno.test(`a terminal that is ${what} gets plain lines`, () => {
    equal(
      reported({ ...TTY, env }, { names: ["a"] }).err,
      "Provisioning: 1 integration …\na: added dev-cluster as dev in /k (1.2 s)\n",
    );
  });
}

Deno.test("what AWS has answered for counts, though its file is written later", () => {
  const { host, report } = reporting(TTY, { names: ["a", "b"] });
  report.known({ name: "a" });
  match(readable(host.seen.err), /\^\[2A\^\[J→ a\n… b\n$/);
  const many = reporting(TTY, { names: Array.from({ length: 60 }, (_, at) => `c${at}`) });
  many.report.known({ name: "c7" });
  match(readable(many.host.seen.err), /\^\[1A\^\[JProvisioning: 1 of 60 integrations\n$/);
});

Deno.test("what somebody else writes in between stays: the lines are drawn anew below it", () => {
  const { host, report } = reporting(TTY, { names: ["a"] });
  report.leave();
  host.terminal.err("Compare the code: WXYZ\n");
  report.known({ name: "a" });
  report.done(outcome("a", READY));
  equal(readable(host.seen.err), "… a\nCompare the code: WXYZ\n→ a\n^[1A^[J✓ a\n");
});

Deno.test("while somebody types nothing is drawn", async () => {
  const { host, report } = reporting(TTY, { names: ["a", "b"] });
  const before = host.seen.err;
  await report.during(() => {
    report.known({ name: "a" });
    equal(host.seen.err, before);
    return Promise.resolve();
  });
  report.known({ name: "b" });
  equal(readable(host.seen.err), `${readable(before)}→ a\n→ b\n`);
});

Deno.test("whatever a login shows leaves the report alone, and a question has the terminal for itself", async () => {
  const seen: string[] = [];
  const told = (what: string) => () => void seen.push(what);
  const ui: LoginUi = {
    ...SILENT_UI,
    say: told("say"),
    warn: told("warn"),
    showDevice: told("device"),
    showPage: told("page"),
    during: (_, work) => (seen.push("during"), work()),
    ask: () => (seen.push("ask"), Promise.resolve(undefined)),
    choose: () => (seen.push("choose"), Promise.resolve("x")),
  };
  const beside = uiBeside(ui, {
    leave: told("leave"),
    during: async (body) => {
      seen.push("hold");
      const result = await body();
      seen.push("go on");
      return result;
    },
  });
  beside.say("");
  beside.warn({ message: "", hint: "" });
  beside.showDevice({} as Parameters<LoginUi["showDevice"]>[0]);
  beside.showPage("");
  equal(await beside.during("", () => Promise.resolve(1)), 1);
  await beside.ask({ text: "", hidden: false });
  equal(await beside.choose({ question: "", among: [] }), "x");
  const shown = ["say", "warn", "device", "page", "during"].flatMap((what) => ["leave", what]);
  deepEqual(seen, [...shown, "hold", "ask", "go on", "hold", "choose", "go on"]);
});
