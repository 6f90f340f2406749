import { equal } from "node:assert/strict";
import { recordSession } from "../../scripts/docs/recorded_session.ts";
import { renderTerminal } from "../../scripts/docs/terminal_picture.ts";
import { hasProgram } from "../support/machine/has_program.ts";

const PROGRAMS = ["kubectl", "openssl"];

Deno.test({
  name: "docs: the picture shows what the program shows today (else: deno task picture)",
  ignore: !PROGRAMS.every((name) => hasProgram(name, "the picture of a terminal")),
  async fn() {
    equal(Deno.readTextFileSync("docs/terminal.svg"), renderTerminal(await recordSession()));
  },
});
