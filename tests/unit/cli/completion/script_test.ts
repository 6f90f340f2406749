import { equal, match, rejects } from "node:assert/strict";
import { completionScript, scriptText, SHELLS } from "../../../../src/cli/completion/script.ts";

for (const shell of SHELLS) {
  Deno.test(`completion script: ${shell} asks atmos and throws its complaints away`, async () => {
    const script = await completionScript(shell);
    match(script, / complete /);
    match(script, /2>(\/dev\/null|\$null)/);
    match(script, /\n$/);
    equal(/\\\$\{|\beval\b|Invoke-Expression "/.test(script), false);
  });
}

Deno.test("completion script: upper and lower case are the same", async () => {
  equal(await completionScript("Bash"), await completionScript("bash"));
});

Deno.test("completion script: no shell, or another one, is a usage error that names the four", async () => {
  const refused = { code: "usage", message: /bash, zsh, fish, powershell$/ };
  await rejects(completionScript(undefined), {
    ...refused,
    hint: "Specify one: atmos completion bash|zsh|fish|powershell",
  });
  await rejects(completionScript("fsh"), { ...refused, hint: "Did you mean fish or zsh?" });
  await rejects(completionScript("pwsh"), { ...refused, hint: "Did you mean powershell?" });
  await rejects(completionScript("tcsh\x1b"), { ...refused, hint: /./ });
  await rejects(completionScript("nushell"), { ...refused, hint: "Use one of: bash, zsh, fish, powershell" });
});

Deno.test("script text: backslashes stay, but for those that the literal itself needs", () => {
  equal(scriptText`a\n \${b} \`c \\d`, "a\\n ${b} `c \\\\d");
});
