export const KUBECONFIG = "/home/me/.kube/config";
const DOCKER = "/home/me/.docker/config.json";

/** What is the user's own, by file: it is there afterwards, whatever goes wrong. */
export const FOREIGN: Readonly<Record<string, readonly string[]>> = {
  [KUBECONFIG]: [
    "# by hand, keep\napiVersion: v1\nkind: Config\n",
    '- name: mine   # two spaces more\n  cluster: {server: "https://a"}\n',
    "- name: mine\n  context: {cluster: mine, user: mine}\n",
    "- name: mine\n  user: {token: x}\n",
  ],
  [DOCKER]: ['"HttpHeaders": {"X": "1"},\n', '"ghcr.io": {"auth": "bWU6cHc="}'],
};

/** A kubeconfig with all of that. */
export const OWN_KUBECONFIG: Readonly<Record<string, string>> = {
  [KUBECONFIG]: FOREIGN[KUBECONFIG]!.map((text, at) => `${["", "clusters:\n", "contexts:\n", "users:\n"][at]}${text}`)
    .join(""),
};
/** The same for docker. */
export const OWN_DOCKER: Readonly<Record<string, string>> = {
  [DOCKER]: '{\n\t"HttpHeaders": {"X": "1"},\n\t"auths": {\n\t\t"ghcr.io": {"auth": "bWU6cHc="}\n\t}\n}\n',
};
