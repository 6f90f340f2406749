import { deepEqual, equal } from "node:assert/strict";
import { AppError } from "../../../../src/errors.ts";
import { hintOfSettings } from "../../../../src/integrations/runners/hint_of_settings.ts";

function hint(text: string): string | undefined {
  return hintOfSettings(new AppError("kubeconfig-merge", "Cannot", { hint: text })).hint;
}

Deno.test("flags of another command become the settings that say the same", () => {
  equal(
    hint("Choose another file with --kubeconfig PATH."),
    "Choose another file with cluster.kubeconfig.path in atmos.yaml.",
  );
  equal(hint("Choose another name with --alias NAME."), "Choose another name with cluster.alias in atmos.yaml.");
  equal(
    hint("Choose another name with --user-alias NAME."),
    "Choose another name with cluster.user_alias in atmos.yaml.",
  );
});

Deno.test("a whole command stays as it is, and so does everything else of the failure", () => {
  const command = "Or for this once: atmos aws eks update-kubeconfig dev/eks --alias NAME";
  equal(hint(command), command);
  const place = { file: "/k", line: 1, column: 2 };
  const error = new AppError("kubeconfig-merge", "Cannot", {
    hint: "--alias NAME",
    place,
    facts: { a: 1 },
    cause: "x",
  });
  const { code, message, facts, cause, place: same } = hintOfSettings(error);
  deepEqual({ code, message, facts, cause, place: same }, {
    code: "kubeconfig-merge",
    message: "Cannot",
    facts: { a: 1 },
    cause: "x",
    place,
  });
  const bare = new AppError("kubeconfig-merge", "Cannot");
  equal(hintOfSettings(bare), bare);
  equal(hintOfSettings("x"), "x");
});
