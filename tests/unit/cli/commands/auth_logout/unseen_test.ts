import { deepEqual, equal, match } from "node:assert/strict";
import { FileError } from "../../../../../src/host/files/file_error.ts";
import { changes, HOME, machine } from "./logged_in_machine.ts";

/** Looks that a logout has to take, by what they are at. */
const LOOKS = {
  list: ".config/atmos/lab/aws",
  lstat: ".cache/atmos/aws-webflow",
} as const;

for (const [look, path] of Object.entries(LOOKS)) {
  Deno.test(`logout: where a disk fails, what may be there is not passed over: ${look} ${path}`, async () => {
    const place = machine();
    const { reader } = place.disk;
    const failing = (at: string) => {
      if (at === `${HOME}/${path}`) throw new FileError("other", at, "look at");
      return reader[look as keyof typeof LOOKS](at);
    };
    Object.assign(place.disk, { reader: { ...reader, [look]: failing } });
    const { status, err } = await place.logout(["--all"]);
    equal(status, 6, err);
    match(err, new RegExp(`"${HOME}/${path}"`));
    deepEqual(changes(place), {});
  });
}
