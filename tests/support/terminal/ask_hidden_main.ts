/** Asks for a password on the terminal and writes it to stdout; the commands that do so need more than a terminal. */
import { askHidden } from "../../../src/cli/prompt/hidden_answer.ts";
import { toAppError } from "../../../src/cli/output/app_error.ts";
import { denoHost } from "../../../src/host/deno.ts";
import { giveUp } from "../../../src/host/process/permissions.ts";
import { runProcess } from "../../../src/host/process/process.ts";

const { terminal, sys } = denoHost();
giveUp([]);

await runProcess({
  self: sys.self,
  async start() {
    const answer = await askHidden({ terminal }, "Password");
    terminal.out(answer?.reveal() ?? "none");
    return 0;
  },
  fail(thrown) {
    const { code, exitStatus } = toAppError(thrown);
    terminal.err(`${code}\n`);
    return exitStatus;
  },
});
