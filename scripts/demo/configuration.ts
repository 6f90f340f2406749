/** An `atmos.yaml` with one cluster; whoever has AWS credentials already needs no login at AWS. */
export const CONFIGURATION = `auth:
  identities:
    runner:
      kind: aws/ambient
  integrations:
    dev/eks:
      kind: aws/eks
      via:
        identity: runner
      spec:
        cluster:
          name: dev-cluster
          region: us-east-2
          alias: dev-eks
`;
