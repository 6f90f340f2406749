import { equal, throws } from "node:assert/strict";
import { truth } from "../../../../src/cli/args/truth.ts";

Deno.test("truth: the words for yes and no", () => {
  for (const value of ["true", "1", "YES", "on"]) equal(truth({ where: "--x", value }), true);
  for (const value of ["false", "0", "No", "off"]) equal(truth({ where: "--x", value }), false);
});

Deno.test("truth: another word is refused", () => {
  throws(() => truth({ where: "--x", value: "perhaps" }), {
    message: 'Cannot parse --x: "perhaps" is neither true nor false',
    hint: "Use --x=true or --x=false",
  });
});
