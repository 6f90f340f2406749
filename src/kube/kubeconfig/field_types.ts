/** What kubectl takes for a value. Null is always none. */
export type FieldType = "text" | "flag" | "base64" | "any" | ListType | MapType;

export interface ListType {
  readonly list: FieldType;
  /**
   * Items have names, and no two the same: no two that have a value for this key, or no two at all, of which those that
   * have a name are compared where the file is parsed.
   */
  readonly names?: "where there are any" | { readonly ofThoseWith: string };
}

export interface MapType {
  readonly list?: undefined;
  /** What is known of single keys. */
  readonly fields?: ReadonlyMap<string, FieldType>;
  /** What all others have; kubectl does not look at keys that it does not know. */
  readonly values: FieldType;
}

function fields(types: Readonly<Record<string, FieldType>>): MapType {
  return { fields: new Map(Object.entries(types)), values: "any" };
}

function findNamed(types: Readonly<Record<string, FieldType>>): ListType {
  return { list: fields({ name: "text", ...types }), names: "where there are any" };
}

const TEXTS: FieldType = { list: "text" };
const EXTENSIONS: FieldType = {
  list: fields({ name: "text", extension: "any" }),
  names: { ofThoseWith: "extension" },
};

const CLUSTER = fields({
  "server": "text",
  "tls-server-name": "text",
  "insecure-skip-tls-verify": "flag",
  "certificate-authority": "text",
  "certificate-authority-data": "base64",
  "proxy-url": "text",
  "disable-compression": "flag",
  "extensions": EXTENSIONS,
});

const CONTEXT = fields({ cluster: "text", user: "text", namespace: "text", extensions: EXTENSIONS });

const EXEC = fields({
  command: "text",
  args: TEXTS,
  env: { list: fields({ name: "text", value: "text" }) },
  apiVersion: "text",
  installHint: "text",
  provideClusterInfo: "flag",
  interactiveMode: "text",
});

const USER = fields({
  "client-certificate": "text",
  "client-certificate-data": "base64",
  "client-key": "text",
  "client-key-data": "base64",
  "token": "text",
  "tokenFile": "text",
  "as": "text",
  "as-uid": "text",
  "as-groups": TEXTS,
  "as-user-extra": { values: TEXTS },
  "username": "text",
  "password": "text",
  "auth-provider": fields({ name: "text", config: { values: "text" } }),
  "exec": EXEC,
  "extensions": EXTENSIONS,
});

/** The whole of a kubeconfig. https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/ */
export const KUBECONFIG: FieldType = fields({
  "kind": "text",
  "apiVersion": "text",
  "preferences": fields({ colors: "flag", extensions: EXTENSIONS }),
  "clusters": findNamed({ cluster: CLUSTER }),
  "users": findNamed({ user: USER }),
  "contexts": findNamed({ context: CONTEXT }),
  "current-context": "text",
  "extensions": EXTENSIONS,
});
