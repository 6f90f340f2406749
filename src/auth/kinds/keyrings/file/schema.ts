import * as v from "valibot";
import { defineKind } from "../../../../config/schema/kind.ts";
import { ordinary } from "../../../../config/schema/trust_class.ts";
import { KEYRING_SPEC } from "../fields.ts";

export interface FileKeyring {
  readonly type: "file";
  readonly path: string | undefined;
  readonly passwordEnv: string | undefined;
}

const schema = v.object({ type: ordinary(v.literal("file")), spec: KEYRING_SPEC });

export const kind = defineKind({
  name: "file",
  summary: "Encrypted files, opened with a password",
  example: `keyring:
  type: file
  spec:
    path: ~/.local/share/atmos/keyring
    password_env: KEYRING_PASSWORD
`,
  schema,
  incidental: ["passwordEnv"],
  model: ({ type, spec }): FileKeyring => ({ type, path: spec?.path, passwordEnv: spec?.password_env }),
});
