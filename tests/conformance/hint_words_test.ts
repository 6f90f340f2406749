import { deepEqual, equal } from "node:assert/strict";
import { quoteWord } from "../../src/formats/text/command_words.ts";
import { quotePosix } from "../../src/formats/text/shell_quote.ts";
import { hasUnsafe } from "../../src/formats/text/terminal_text.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { RandomSource } from "../support/random/source.ts";
import { tempHome } from "../support/machine/temp_home.ts";

/** What shells make of a name in a hint that is pasted: its text again, and no program runs. */

const PIECES = [..."\\\\\\'''\"$`!(;)~*?{ a#^%=-", "‘", "’", "‚", "‛", "“", "$(touch x)", "(touch x)", "'\\'"];

function names(): readonly string[] {
  const random = new RandomSource(20261201);
  const made = Array.from(
    { length: 600 },
    () => Array.from({ length: 1 + random.below(9) }, () => random.pick(PIECES)).join(""),
  );
  return ["\\", "\\\\", "\\'", "'\\", "a\\'$(touch x)'\\'", "’$(touch x)’", ...made].filter((one) => !hasUnsafe(one));
}

const SHELLS = [["bash", "-c"], ["dash", "-c"], ["zsh", "-fc"], ["fish", "--no-config", "-c"]] as const;

for (const [program, ...options] of SHELLS) {
  Deno.test({
    name: `hints: ${program} takes a quoted name for its text, whatever is in it`,
    ignore: !hasProgram(program, `names of hints in ${program}`),
    async fn() {
      using home = tempHome();
      const wanted = names();
      for (const quote of [quotePosix, quoteWord]) {
        const command = `printf '%s\\0' ${wanted.map(quote).join(" ")}`;
        const { code, stdout, stderr } = await new Deno.Command(program, {
          args: [...options, command],
          cwd: home.path,
          env: home.env({ LC_ALL: "C.UTF-8" }),
        }).output();
        equal(code, 0, new TextDecoder().decode(stderr));
        deepEqual(new TextDecoder().decode(stdout).split("\0").slice(0, -1), wanted);
      }
      deepEqual([...Deno.readDirSync(home.path)].map(({ name }) => name).filter((name) => name === "x"), []);
    },
  });
}
