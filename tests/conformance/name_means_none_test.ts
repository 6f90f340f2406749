import { equal, match } from "node:assert/strict";
import { memoryAtmos } from "../support/atmos/memory_atmos.ts";

for (const name of ["false", "off", "No", "0"]) {
  for (
    const [what, entry] of [["called", `"${name}": {kind: aws/ambient}`], [
      "with the alias",
      `x: {kind: aws/ambient, alias: "${name}"}`,
    ]]
  ) {
    Deno.test(`an identity ${what} ${name}, which means none, is refused`, async () => {
      const files = { "/home/me/repo/atmos.yaml": `auth: {identities: {${entry}}}\n` };
      const { status, err } = await memoryAtmos(["auth", "validate"], { files });
      equal(status, 3, err);
      match(err, new RegExp(`--identity=${name} means no identity; use another name`));
    });
  }
}

for (const name of ["dev ", " dev", "dev\u00a0"]) {
  Deno.test(`an identity whose name is another one in a file: ${JSON.stringify(name)}`, async () => {
    const text = `auth: {identities: {dev: {kind: aws/ambient}, "${name}": {kind: aws/ambient}}}\n`;
    const { status, err } = await memoryAtmos(["auth", "validate"], { files: { "/home/me/repo/atmos.yaml": text } });
    equal(status, 3, err);
    match(err, /begins or ends with white space/);
  });
}
