import { deepEqual } from "node:assert/strict";
import * as v from "valibot";
import { showData } from "../../../../../src/cli/commands/auth_list/show_data.ts";
import { locatedFrom } from "../../../../support/config/located_from.ts";

Deno.test("shown: the password of an address is hidden, whatever field it is in", () => {
  const located = locatedFrom("a: http://u:hunter2@proxy:3128/x\nb: me@example.com\n");
  deepEqual(showData(v.object({ a: v.string(), b: v.string() }), located), {
    a: "http://***@proxy:3128/x",
    b: "me@example.com",
  });
});
