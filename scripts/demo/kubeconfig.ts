/** A kubeconfig as people keep them: comments, their own order and quoting, a name that YAML could take for a number. */
export const HAND_WRITTEN = `# clusters of the platform team; ask in #platform before adding one
apiVersion: v1
kind: Config
current-context: kind-local   # keep this one first

clusters:
  - name: kind-local          # make cluster-up
    cluster:
      server: https://127.0.0.1:6443
      insecure-skip-tls-verify: true   # throw-away certificate

contexts:
  - name: kind-local
    context: {cluster: kind-local, user: "0123", namespace: web}

users:
  # the id of the badge, not a number
  - name: "0123"
    user:
      token: local-only
`;
